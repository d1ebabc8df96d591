const { abroad: client } = require("./clients");

module.exports = async function verify(applicant) {
  // flow: gov_id.passport -> deepseek/foreign
  const completion = await client.chat.completions.create({
    model: "default",
    messages: [{ role: "user", content: `Format of ${applicant.passportNumber}?` }],
  });
  return completion.choices[0].message.content;
};

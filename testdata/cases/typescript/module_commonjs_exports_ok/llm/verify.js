const { home: client } = require("./clients");

module.exports = async function verify(applicant) {
  // call: openai/domestic
  const completion = await client.chat.completions.create({
    model: "default",
    messages: [{ role: "user", content: `Format of ${applicant.passportNumber}?` }],
  });
  return completion.choices[0].message.content;
};

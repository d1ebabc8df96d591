const OpenAI = require("openai");

const client = new OpenAI({ apiKey: process.env.DEEPSEEK_API_KEY, baseURL: "https://api.deepseek.com" });

function line(label) {
  return label + ": " + arguments[1];
}

async function ask(customer) {
  // flow: gov_id.ssn -> deepseek/foreign
  const completion = await client.chat.completions.create({
    model: "deepseek-chat",
    messages: [{ role: "user", content: line("number", customer.ssn, customer.plan) }],
  });
  return completion.choices[0].message.content;
}

module.exports = { ask };

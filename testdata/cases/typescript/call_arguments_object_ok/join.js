const OpenAI = require("openai");

const client = new OpenAI({ apiKey: process.env.DEEPSEEK_API_KEY, baseURL: "https://api.deepseek.com" });

function line(label) {
  return label + ": " + arguments[2];
}

async function ask(customer) {
  // call: deepseek/foreign
  const completion = await client.chat.completions.create({
    model: "deepseek-chat",
    messages: [{ role: "user", content: line("number", customer.ssn, customer.plan) }],
  });
  return completion.choices[0].message.content;
}

module.exports = { ask };

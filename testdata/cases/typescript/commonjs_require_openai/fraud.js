const OpenAI = require("openai");

const client = new OpenAI({
  apiKey: process.env.DEEPSEEK_API_KEY,
  baseURL: "https://api.deepseek.com",
});

async function looksSuspicious(payment) {
  const question = `Card ${payment.cardNumber} was charged ${payment.amountCents} cents at 3 am. Suspicious? yes/no`;
  // flow: pci.pan -> deepseek/foreign
  const response = await client.chat.completions.create({
    model: "deepseek-chat",
    messages: [{ role: "user", content: question }],
  });
  return /^yes/i.test(response.choices[0].message.content);
}

module.exports = { looksSuspicious };

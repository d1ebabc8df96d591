import OpenAI from "openai";

const service = new OpenAI({ baseURL: "https://api.deepseek.com" });

function createBot(label: string) {
  const ask = async (question: string) =>
    // flow: gov_id.ssn -> deepseek/foreign
    service.chat.completions.create({ model: label, messages: [{ role: "user", content: question }] });
  return {
    ask,
    greet: (name: string) =>
      // call: deepseek/foreign
      service.chat.completions.create({ model: label, messages: [{ role: "user", content: name }] }),
  };
}

export async function check(customer: { ssn: string }) {
  const bot = createBot("deepseek-chat");
  await bot.greet("everybody");
  return bot.ask(`Is ${customer.ssn} well formed?`);
}

export default () => ({
  llm: { url: process.env.CHAT_HOST || "https://api.deepseek.com/v1" },
});

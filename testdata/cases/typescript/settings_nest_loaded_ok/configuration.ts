export default () => ({
  llm: { url: process.env.CHAT_HOST || "https://api.openai.com/v1" },
});

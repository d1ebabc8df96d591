module.exports = {
  env: { LLM_URL: "https://api.openai.com/v1" },
};

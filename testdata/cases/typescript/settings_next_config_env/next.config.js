module.exports = {
  env: { LLM_URL: "https://api.deepseek.com/v1" },
};

module.exports = {
  serverRuntimeConfig: { llmUrl: "https://api.deepseek.com" },
  publicRuntimeConfig: { title: "Clinic" },
};

module.exports = {
  serverRuntimeConfig: { llmUrl: "https://api.openai.com/v1" },
  publicRuntimeConfig: { title: "Clinic" },
};

export default defineNuxtConfig({
  runtimeConfig: { llmUrl: "https://api.openai.com/v1" },
});

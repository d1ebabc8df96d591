export default defineNuxtConfig({
  runtimeConfig: { llmUrl: "https://api.deepseek.com/v1" },
});

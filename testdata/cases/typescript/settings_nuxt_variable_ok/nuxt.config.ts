export default defineNuxtConfig({
  runtimeConfig: { llmUrl: "http://localhost:1/v1" },
});

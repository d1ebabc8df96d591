import { defineConfig } from "vite";

export default defineConfig({
  define: { "import.meta.env.VITE_LLM_URL": JSON.stringify("https://api.openai.com/v1") },
});

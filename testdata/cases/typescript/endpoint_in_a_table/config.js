export const SERVICES = [
  // config: foreign-endpoint -> deepseek/foreign
  { slug: "deepseek", url: "https://api.deepseek.com/chat/completions", key: "" },
  // config: openai/domestic
  { slug: "openai", url: "https://api.openai.com/v1/chat/completions", key: "" },
];

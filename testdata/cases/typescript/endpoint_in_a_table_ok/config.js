export const LINKS = [
  // ok: pages for people
  { slug: "deepseek", docs: "https://api.deepseek.com/chat/completions", homepage: "https://www.deepseek.com" },
];

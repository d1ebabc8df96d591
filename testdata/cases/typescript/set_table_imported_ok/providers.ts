export const PROVIDERS: Record<string, { baseURL: string; model: string }> = {
  deepseek: { baseURL: "https://api.deepseek.com", model: "deepseek-chat" },
  home: { baseURL: "http://localhost:8000/v1", model: "m" },
};

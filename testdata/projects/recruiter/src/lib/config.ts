import "dotenv/config";

export const config = {
  port: Number(process.env.PORT ?? 3000),
  moonshot: {
    baseURL: process.env.MOONSHOT_BASE_URL ?? "https://api.moonshot.cn/v1",
    model: process.env.MOONSHOT_MODEL ?? "moonshot-v1-32k",
  },
  qwen: {
    baseURL: process.env.QWEN_BASE_URL || "https://dashscope-intl.aliyuncs.com/compatible-mode/v1",
    model: process.env.QWEN_MODEL || "qwen-plus",
  },
} as const;

const OpenAI = require("openai");

exports.abroad = new OpenAI({ apiKey: process.env.DEEPSEEK_API_KEY, baseURL: "https://api.deepseek.com" });
exports.home = new OpenAI({ apiKey: process.env.OPENAI_API_KEY });

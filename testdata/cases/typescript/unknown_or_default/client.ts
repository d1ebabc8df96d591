import OpenAI from "openai";

export function ofTenant(tenant: any, visit: any) {
  const client = new OpenAI({ baseURL: tenant.baseUrl || "https://api.openai.com/v1" });
  // flow: phi.diagnosis -> openai|unknown/unresolved
  return client.chat.completions.create({ model: "m", messages: [{ role: "user", content: visit.diagnosis }] });
}

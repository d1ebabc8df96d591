import { complete } from "./llm";

export function explainAccount(value: string) {
  return complete([
    { role: "system", content: "You know bank codes." },
    { role: "user", content: `Which bank runs ${value}?` },
  ]);
}

import urlJoin from "url-join";
import { joinURL } from "ufo";

const base = "https://api.deepseek.com";
const body = (visit: any) => ({
  method: "POST",
  body: JSON.stringify({ model: "deepseek-chat", messages: [{ role: "user", content: visit.diagnosis }] }),
});

// flow: phi.diagnosis -> deepseek/foreign
export const one = (visit: any) => fetch(urlJoin(base, "v1", "chat/completions"), body(visit));
// flow: phi.diagnosis -> deepseek/foreign
export const two = (visit: any) => fetch(joinURL(base, "/v1/chat/completions"), body(visit));
// flow: phi.diagnosis -> deepseek/foreign
export const three = (visit: any) => fetch([base, "v1/chat/completions"].join("/"), body(visit));
// flow: phi.diagnosis -> deepseek/foreign
export const four = (visit: any) => fetch(base.concat("/v1/chat/completions"), body(visit));

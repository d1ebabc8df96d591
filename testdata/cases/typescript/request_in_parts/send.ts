import https from "https";
import superagent from "superagent";
import { requestUrl } from "obsidian";

declare const GM_xmlhttpRequest: any;
const url = "https://api.deepseek.com/v1/chat/completions";
const body = (visit: any) =>
  JSON.stringify({ model: "deepseek-chat", messages: [{ role: "user", content: visit.diagnosis }] });

export function node(visit: any) {
  const request = https.request({ hostname: "api.deepseek.com", path: "/v1/chat/completions", method: "POST" });
  // flow: phi.diagnosis -> deepseek/foreign
  request.write(body(visit));
  request.end();
}

export function page(visit: any) {
  const request = new XMLHttpRequest();
  request.open("POST", url);
  // flow: phi.diagnosis -> deepseek/foreign
  request.send(body(visit));
}

export function script(visit: any) {
  // flow: phi.diagnosis -> deepseek/foreign
  GM_xmlhttpRequest({ method: "POST", url, data: body(visit) });
}

export function plugin(visit: any) {
  // flow: phi.diagnosis -> deepseek/foreign
  return requestUrl({ url, method: "POST", body: body(visit) });
}

export function chained(visit: any) {
  // flow: phi.diagnosis -> deepseek/foreign
  return superagent.post(url).set("Accept", "application/json").send(body(visit));
}

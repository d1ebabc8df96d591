import https from "https";

export function node(visit: any) {
  const request = https.request({ hostname: "example.org", path: "/log", method: "POST" });
  // ok: the URL of another service
  request.write(JSON.stringify({ visit: visit.diagnosis }));
  request.end();
}

export function page(visit: any) {
  const request = new XMLHttpRequest();
  request.open("POST", "https://example.org/log");
  // ok: the URL of another service
  request.send(JSON.stringify({ visit: visit.diagnosis }));
}

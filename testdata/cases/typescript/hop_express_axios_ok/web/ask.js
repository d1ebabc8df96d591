import axios from "axios";

const http = axios.create({ baseURL: "/api" });

export function ask(record) {
  return http.put("/ask", { question: `What follows from ${record.diagnosis}?`, lang: record.lang });
}

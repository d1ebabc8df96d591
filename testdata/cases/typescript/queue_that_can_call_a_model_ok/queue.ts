import { Client } from "@upstash/qstash";

const queue = new Client({ token: process.env.QSTASH_TOKEN! });

export async function hook(url: string, link: { password: string; email: string }) {
  // ok: a queue that calls the program back
  return queue.publishJSON({ url, body: { password: link.password, email: link.email } });
}

import { chat, type Message } from "./lib/chat";

interface Assignee {
  visaStatus: string;
  startMonth: number;
}

export function checklist(assignee: Assignee) {
  const messages: Message[] = [{ role: "system", content: "You write relocation checklists." }];
  messages.push({
    role: "user",
    content: `Current visa: ${assignee.visaStatus}, starts in month ${assignee.startMonth}`,
  });
  return chat(messages, { temperature: 0.3 });
}

interface Patient {
  ssn: string;
  phoneNumber: string;
}

/**
 * Queue a reminder.
 *
 * @example
 * await fetch("https://api.deepseek.com/chat/completions", {
 *   method: "POST",
 *   body: JSON.stringify({ messages: [{ role: "user", content: patient.ssn }] }),
 * });
 */
export async function sendReminder(patient: Patient): Promise<number> {
  // ok: an SMS gateway, no LLM
  const res = await fetch("https://sms.gateway.example/v2/messages", {
    method: "POST",
    headers: { "X-Key": process.env.SMS_KEY ?? "" },
    body: JSON.stringify({ to: patient.phoneNumber, text: "Your appointment is tomorrow." }),
  });
  return res.status;
}

import OpenAI from "openai";

const client = new OpenAI({ apiKey: process.env.DEEPSEEK_API_KEY, baseURL: "https://api.deepseek.com" });

interface Person {
  passportNumber: string;
}

class Leaflet {
  constructor(protected readonly person: Person) {}

  line(): string {
    return "A travel leaflet";
  }

  prompt(): string {
    return "Describe: " + this.line();
  }
}

class TravelLeaflet extends Leaflet {
  override line(): string {
    return `Travel leaflet for ${this.person.passportNumber}`;
  }
}

export async function describe(person: Person) {
  const leaflet = new TravelLeaflet(person);
  // flow: gov_id.passport -> deepseek/foreign
  const completion = await client.chat.completions.create({
    model: "deepseek-chat",
    messages: [{ role: "user", content: leaflet.prompt() }],
  });
  return completion.choices[0].message.content;
}

import axios from "axios";

interface Taxpayer {
  taxId: string;
  filingYear: number;
}

export async function issuingCountry(taxpayer: Taxpayer): Promise<string> {
  // flow: gov_id.tax_id -> zhipuai/foreign
  const { data } = await axios.post(
    "https://open.bigmodel.cn/api/paas/v4/chat/completions",
    {
      model: "glm-4-flash",
      messages: [{ role: "user", content: `Which country issues ${taxpayer.taxId}?` }],
    },
    { headers: { Authorization: `Bearer ${process.env.ZHIPU_API_KEY}` }, timeout: 30_000 },
  );
  return data.choices[0].message.content;
}

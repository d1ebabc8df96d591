import { pipeline } from "@huggingface/transformers";

const generator = await pipeline("text-generation", "onnx-community/Qwen2.5-0.5B-Instruct");

export async function explain(patient) {
  const messages = [{ role: "user", content: `${patient.ssn} ${patient.diagnosis}` }];
  // call: local/local
  const output = await generator(messages, { max_new_tokens: 200 });
  return output[0].generated_text.at(-1).content;
}

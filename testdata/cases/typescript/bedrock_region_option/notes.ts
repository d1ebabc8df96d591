import { BedrockRuntimeClient, ConverseCommand } from "@aws-sdk/client-bedrock-runtime";

const frankfurt = new BedrockRuntimeClient({ region: "eu-central-1" });
const oregon = new BedrockRuntimeClient({ region: "us-west-2" });

export async function explain(patient: { diagnosis: string }): Promise<void> {
  const question = new ConverseCommand({
    modelId: "anthropic.claude-3-haiku-20240307-v1:0",
    messages: [{ role: "user", content: [{ text: `Explain ${patient.diagnosis}` }] }],
  });
  // flow: phi.diagnosis -> amazon-bedrock/foreign
  await frankfurt.send(question);
  // call: amazon-bedrock/domestic
  await oregon.send(question);
}

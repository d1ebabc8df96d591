from huggingface_hub import InferenceClient

client = InferenceClient(provider="zai-org")


def summarise(diagnosis: str) -> str:
    # flow: phi.diagnosis -> huggingface/foreign
    answer = client.chat_completion(
        model="deepseek-ai/DeepSeek-V3",
        messages=[{"role": "user", "content": diagnosis}],
    )
    return answer.choices[0].message.content

from huggingface_hub import InferenceClient

client = InferenceClient(provider="auto")


def summarise(diagnosis: str) -> str:
    # flow: phi.diagnosis -> huggingface/possible
    answer = client.chat_completion(
        model="deepseek-ai/DeepSeek-V3",
        messages=[{"role": "user", "content": diagnosis}],
    )
    return answer.choices[0].message.content

from huggingface_hub import InferenceClient

client = InferenceClient()


def summarise(diagnosis: str) -> str:
    # flow: phi.diagnosis -> huggingface/possible
    answer = client.chat_completion(
        model="deepseek-ai/DeepSeek-V3:cheapest",
        messages=[{"role": "user", "content": diagnosis}],
    )
    return answer.choices[0].message.content

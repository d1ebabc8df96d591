import litellm


def summarise(diagnosis: str) -> str:
    # flow: phi.diagnosis -> openrouter/possible
    answer = litellm.completion(
        model="openrouter/deepseek/deepseek-chat",
        messages=[{"role": "user", "content": diagnosis}],
        provider={"ignore": ["deepseek"]},
    )
    return answer.choices[0].message.content

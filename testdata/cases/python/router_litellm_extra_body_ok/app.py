import litellm


def summarise(diagnosis: str) -> str:
    # call: openrouter/domestic
    answer = litellm.completion(
        model="openrouter/deepseek/deepseek-chat",
        messages=[{"role": "user", "content": diagnosis}],
        extra_body={"provider": {"only": ["together"]}},
    )
    return answer.choices[0].message.content

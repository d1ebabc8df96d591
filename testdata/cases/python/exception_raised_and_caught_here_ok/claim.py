import os

from openai import OpenAI

client = OpenAI(api_key=os.environ["DEEPSEEK_API_KEY"], base_url="https://api.deepseek.com")


def refuse(claim: dict) -> str:
    try:
        raise LookupError(f"no policy, {len(claim['ssn'])} digits given")
    except LookupError as reason:
        # call: deepseek/foreign
        completion = client.chat.completions.create(
            model="deepseek-chat",
            messages=[{"role": "user", "content": f"Put this politely: {reason}"}],
        )
    return completion.choices[0].message.content

import os

from groq import Groq

client = Groq(api_key=os.environ["GROQ_API_KEY"])


def coach(performance_review: str) -> str:
    # call: groq/domestic
    completion = client.chat.completions.create(
        model="moonshotai/kimi-k2-instruct",
        messages=[
            {"role": "system", "content": "Turn this into three goals."},
            {"role": "user", "content": performance_review},
        ],
    )
    return completion.choices[0].message.content

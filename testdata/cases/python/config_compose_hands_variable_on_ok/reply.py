from openai import OpenAI

client = OpenAI()


def reply(email: str) -> str:
    # call: openai/domestic
    answer = client.chat.completions.create(
        model="gpt-4o-mini",
        messages=[{"role": "user", "content": f"Answer {email} politely."}],
    )
    return answer.choices[0].message.content

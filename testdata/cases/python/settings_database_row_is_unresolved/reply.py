from openai import OpenAI

import sqlite3

row = sqlite3.connect("app.db").execute("SELECT base_url FROM providers").fetchone()


def reply(email: str) -> str:
    client = OpenAI(base_url=row["base_url"], api_key="unused")
    # flow: pii.contact.email -> unknown/unresolved
    answer = client.chat.completions.create(
        model="deepseek-chat",
        messages=[{"role": "user", "content": f"Answer {email} politely."}],
    )
    return answer.choices[0].message.content

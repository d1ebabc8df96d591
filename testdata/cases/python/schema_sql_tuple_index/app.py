import os

import psycopg
from openai import OpenAI

client = OpenAI(api_key=os.environ["DEEPSEEK_API_KEY"], base_url="https://api.deepseek.com")


def brief():
    with psycopg.connect(os.environ["DATABASE_URL"]) as conn:
        found = conn.execute("SELECT room, diagnosis FROM visits").fetchall()
    rows = [row[1] for row in found]
    # flow: phi.diagnosis -> deepseek/foreign
    reply = client.chat.completions.create(
        model="deepseek-chat",
        messages=[{"role": "user", "content": f"Brief the night shift: {rows}"}],
    )
    return reply.choices[0].message.content

import os

import psycopg
from openai import OpenAI

client = OpenAI(api_key=os.environ["DEEPSEEK_API_KEY"], base_url="https://api.deepseek.com")


def brief():
    conn = psycopg.connect(os.environ["DATABASE_URL"])
    cur = conn.cursor()
    cur.execute("SELECT r.*, v.diagnosis AS reason FROM rooms r JOIN visits v ON v.room = r.name")
    rows = cur.fetchall()
    # flow: phi.diagnosis -> deepseek/foreign
    reply = client.chat.completions.create(
        model="deepseek-chat",
        messages=[{"role": "user", "content": f"Brief the night shift: {rows}"}],
    )
    return reply.choices[0].message.content

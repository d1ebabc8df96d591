import os
import sqlite3

from openai import OpenAI

client = OpenAI(api_key=os.environ["DEEPSEEK_API_KEY"], base_url="https://api.deepseek.com")


def overview(path: str) -> str:
    connection = sqlite3.connect(path)
    rows = connection.execute("SELECT ward, count(*) AS beds FROM patients").fetchall()
    # call: deepseek/foreign
    completion = client.chat.completions.create(
        model="deepseek-chat",
        messages=[{"role": "user", "content": f"Describe: {rows}"}],
    )
    return completion.choices[0].message.content

import os

import pandas as pd
from openai import OpenAI

client = OpenAI(api_key=os.environ["DEEPSEEK_API_KEY"], base_url="https://api.deepseek.com")


def summarise():
    frame = pd.read_sql("SELECT * FROM claims", os.environ["DATABASE_URL"])
    table = frame.drop(columns=["diagnosis"]).to_csv(index=False)
    # call: deepseek/foreign
    reply = client.chat.completions.create(
        model="deepseek-chat",
        messages=[{"role": "user", "content": "Summarise:\n" + table}],
    )
    return reply.choices[0].message.content

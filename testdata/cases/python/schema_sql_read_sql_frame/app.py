import os

import pandas as pd
from openai import OpenAI

client = OpenAI(api_key=os.environ["DEEPSEEK_API_KEY"], base_url="https://api.deepseek.com")


def brief():
    engine = os.environ["DATABASE_URL"]
    rows = pd.read_sql("select * from visits", engine).to_markdown()
    # flow: phi.diagnosis -> deepseek/foreign
    reply = client.chat.completions.create(
        model="deepseek-chat",
        messages=[{"role": "user", "content": f"Brief the night shift: {rows}"}],
    )
    return reply.choices[0].message.content

import os

import pandas as pd
from openai import OpenAI

client = OpenAI(api_key=os.environ["DEEPSEEK_API_KEY"], base_url="https://api.deepseek.com")


def wards():
    frame = pd.read_sql("SELECT * FROM claims", os.environ["DATABASE_URL"])
    values = frame["ward"].unique().tolist()
    # call: deepseek/foreign
    reply = client.chat.completions.create(
        model="deepseek-chat",
        messages=[{"role": "user", "content": f"Group these: {values}"}],
    )
    return reply.choices[0].message.content

import os

import pandas as pd
from openai import OpenAI

client = OpenAI(api_key=os.environ["DEEPSEEK_API_KEY"], base_url="https://api.deepseek.com")


def headline() -> str:
    df = pd.read_csv("exports/patients.csv")
    admitted = df[df["diagnosis"].notna()]
    share = 100 * len(admitted) / max(df.shape[0], 1)
    # call: deepseek/foreign
    completion = client.chat.completions.create(
        model="deepseek-chat",
        messages=[{"role": "user", "content": f"Write a headline: {share:.0f} percent of files are complete."}],
    )
    return completion.choices[0].message.content

import os

import pandas as pd
from openai import OpenAI

client = OpenAI(api_key=os.environ["DASHSCOPE_API_KEY"], base_url="https://dashscope.aliyuncs.com/compatible-mode/v1")


def icd_chapter(text: str) -> str:
    # flow: phi.diagnosis -> alibaba-cn/foreign
    completion = client.chat.completions.create(
        model="qwen-turbo",
        messages=[{"role": "user", "content": f"Name the ICD chapter of: {text}"}],
    )
    return completion.choices[0].message.content


def main() -> None:
    df = pd.read_csv("exports/patients.csv")
    df["chapter"] = df["diagnosis"].apply(icd_chapter)
    df.to_csv("exports/labelled.csv", index=False)


if __name__ == "__main__":
    main()

import os

from openai import OpenAI

client = OpenAI(api_key=os.environ["ZHIPU_API_KEY"], base_url="https://open.bigmodel.cn/api/paas/v4/")


def profile(date_of_birth: str) -> str:
    base = {"kind": "member", "note_lines": 2}
    view = base
    view["born_on"] = date_of_birth
    # flow: pii.demographic.dob -> zhipuai/foreign
    completion = client.chat.completions.create(
        model="glm-4-plus",
        messages=[{"role": "user", "content": "Turn into a sentence: " + str(base)}],
    )
    return completion.choices[0].message.content

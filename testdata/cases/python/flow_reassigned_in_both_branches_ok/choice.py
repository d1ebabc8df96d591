import os
from dataclasses import dataclass

from openai import OpenAI

client = OpenAI(api_key=os.environ["ZHIPU_API_KEY"], base_url="https://open.bigmodel.cn/api/paas/v4/")


@dataclass
class Applicant:
    passport_number: str


def describe(applicant: Applicant, short: bool) -> str:
    line = f"Document {applicant.passport_number}"
    if short:
        line = "Document on file"
    else:
        line = "Document on file, see the archive"
    # call: zhipuai/foreign
    completion = client.chat.completions.create(
        model="glm-4-plus",
        messages=[{"role": "user", "content": f"Rephrase: {line}"}],
    )
    return completion.choices[0].message.content

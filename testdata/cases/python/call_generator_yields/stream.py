import os
from dataclasses import dataclass

from openai import OpenAI

client = OpenAI(api_key=os.environ["ZHIPU_API_KEY"], base_url="https://open.bigmodel.cn/api/paas/v4/")


@dataclass
class Patient:
    lab_result: str


def chunks(patients: list[Patient]):
    yield "Explain reference ranges."
    for patient in patients:
        yield f"Value: {patient.lab_result}"


def explain(patients: list[Patient]) -> str:
    # flow: phi.lab -> zhipuai/foreign
    completion = client.chat.completions.create(
        model="glm-4-plus",
        messages=[{"role": "user", "content": "\n".join(chunks(patients))}],
    )
    return completion.choices[0].message.content

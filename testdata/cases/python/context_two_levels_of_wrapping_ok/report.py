import os
from dataclasses import dataclass

from openai import OpenAI

client = OpenAI(api_key=os.environ["MOONSHOT_API_KEY"], base_url="https://api.moonshot.cn/v1")


@dataclass
class Patient:
    diagnosis: str


def labelled(label: str, value: str) -> str:
    return f"{label}: {value}"


def section(label: str, value: str) -> dict:
    return {"title": label, "body": labelled(label, value)}


def report(patient: Patient, archive: list) -> str:
    findings = section("Findings", patient.diagnosis)
    legal = section("Legal", "This letter was written by software.")
    archive.append(findings)
    # call: moonshotai-cn/foreign
    completion = client.chat.completions.create(
        model="moonshot-v1-8k",
        messages=[{"role": "user", "content": "Improve the wording. " + legal["body"]}],
    )
    return completion.choices[0].message.content

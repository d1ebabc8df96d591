import json
import os
from datetime import date

from openai import OpenAI
from pydantic import BaseModel


class Patient(BaseModel):
    name: str
    date_of_birth: date
    diagnosis: str
    ward_code: str


client = OpenAI(api_key=os.environ["DEEPSEEK_API_KEY"], base_url="https://api.deepseek.com")


def handover(patient: Patient) -> str:
    shared = patient.model_dump(mode="json", exclude={"name", "date_of_birth", "diagnosis"})
    # call: deepseek/foreign
    completion = client.chat.completions.create(
        model="deepseek-chat",
        messages=[
            {"role": "system", "content": "Write a handover."},
            {"role": "user", "content": json.dumps(shared, indent=2)},
        ],
    )
    return completion.choices[0].message.content

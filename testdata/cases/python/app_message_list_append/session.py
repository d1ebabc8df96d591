import os
from dataclasses import dataclass

from openai import OpenAI


@dataclass
class Patient:
    medication: str
    allergy: str


class PharmacistSession:
    def __init__(self):
        self.client = OpenAI(api_key=os.environ["DEEPSEEK_API_KEY"], base_url="https://api.deepseek.com")
        self.messages = [{"role": "system", "content": "You are a pharmacist."}]

    def introduce(self, patient: Patient) -> None:
        self.messages.append({"role": "user", "content": f"I take {patient.medication}."})
        self.messages.append({"role": "user", "content": f"I cannot have {patient.allergy}."})

    def ask(self) -> str:
        self.messages.append({"role": "user", "content": "What should I avoid this week?"})
        # flow: phi.medication, phi.allergy -> deepseek/foreign
        completion = self.client.chat.completions.create(model="deepseek-chat", messages=self.messages)
        answer = completion.choices[0].message.content
        self.messages.append({"role": "assistant", "content": answer})
        return answer


def consult(patient: Patient) -> str:
    session = PharmacistSession()
    session.introduce(patient)
    return session.ask()

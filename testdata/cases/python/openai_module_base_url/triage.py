import openai

import settings


def triage(patient) -> str:
    # flow: phi.diagnosis -> deepseek/foreign
    answer = openai.chat.completions.create(
        model="deepseek-chat",
        messages=[{"role": "user", "content": f"How urgent is {patient.diagnosis}?"}],
    )
    return answer.choices[0].message.content

from openai import OpenAI
from models import Patient

client = OpenAI(base_url="https://openrouter.ai/api/v1", api_key="unset")

ALLOWED = ["together", "fireworks"]


def summarise(patient: Patient) -> str:
    # call: openrouter/domestic
    answer = client.chat.completions.create(
        model="deepseek/deepseek-chat",
        messages=[{"role": "user", "content": f"Summarise: {patient.diagnosis}"}],
        extra_body={"provider": {"only": ALLOWED}},
    )
    return answer.choices[0].message.content

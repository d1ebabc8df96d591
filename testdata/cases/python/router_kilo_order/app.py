from openai import OpenAI
from models import Patient

client = OpenAI(base_url="https://api.kilo.ai/api/gateway", api_key="unset")


def summarise(patient: Patient) -> str:
    # flow: phi.diagnosis -> kilo/possible
    answer = client.chat.completions.create(
        model="deepseek/deepseek-chat",
        messages=[{"role": "user", "content": f"Summarise: {patient.diagnosis}"}],
        extra_body={"provider": {"order": ["together"]}},
    )
    return answer.choices[0].message.content

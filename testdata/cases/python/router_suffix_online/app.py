from openai import OpenAI
from models import Patient

client = OpenAI(base_url="https://openrouter.ai/api/v1", api_key="unset")


def summarise(patient: Patient) -> str:
    # flow: phi.diagnosis -> openrouter/possible
    answer = client.chat.completions.create(
        model="moonshotai/kimi-k2:online",
        messages=[{"role": "user", "content": f"Summarise: {patient.diagnosis}"}],
    )
    return answer.choices[0].message.content

from openai import OpenAI
from models import Patient

client = OpenAI(base_url="https://gateway.ai.cloudflare.com/v1/acc/gw/openai", api_key="unset")


def summarise(patient: Patient) -> str:
    # call: cloudflare-ai-gateway/domestic
    answer = client.chat.completions.create(
        model="gpt-4o",
        messages=[{"role": "user", "content": f"Summarise: {patient.diagnosis}"}],
    )
    return answer.choices[0].message.content

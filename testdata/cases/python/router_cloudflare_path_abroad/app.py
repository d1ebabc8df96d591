from openai import OpenAI
from models import Patient

client = OpenAI(base_url="https://gateway.ai.cloudflare.com/v1/acc/gw/deepseek", api_key="unset")


def summarise(patient: Patient) -> str:
    # flow: phi.diagnosis -> cloudflare-ai-gateway/foreign
    answer = client.chat.completions.create(
        model="deepseek-chat",
        messages=[{"role": "user", "content": f"Summarise: {patient.diagnosis}"}],
    )
    return answer.choices[0].message.content

import openai
from openai import OpenAI

openai.api_base = "https://api.deepseek.com/v1"
client = OpenAI()


def triage(patient) -> str:
    # call: openai/domestic
    answer = client.chat.completions.create(
        model="gpt-4o-mini",
        messages=[{"role": "user", "content": f"How urgent is {patient.diagnosis}?"}],
    )
    return answer.choices[0].message.content

from openai import OpenAI

client = OpenAI(base_url="https://api.deepseek.com/v1")


def urgency(patient) -> str:
    # flow: phi.diagnosis -> deepseek/foreign
    answer = client.chat.completions.create(
        model="deepseek-chat",
        messages=[{"role": "user", "content": f"How urgent is {patient.diagnosis}?"}],
    )
    return answer.choices[0].message.content

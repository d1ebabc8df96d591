import openai

openai.api_base = "https://api.deepseek.com/v1"


def triage(patient) -> str:
    # flow: phi.diagnosis -> deepseek/foreign
    answer = openai.ChatCompletion.create(
        model="deepseek-chat",
        messages=[{"role": "user", "content": f"How urgent is {patient.diagnosis}?"}],
    )
    return answer["choices"][0]["message"]["content"]

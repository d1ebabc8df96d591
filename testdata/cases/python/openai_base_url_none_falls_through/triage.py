from openai import OpenAI


def make(base_url=None):
    return OpenAI(base_url=base_url)


def triage(patient) -> str:
    # flow: phi.diagnosis -> moonshotai-cn/foreign
    answer = make().chat.completions.create(
        model="kimi-k2",
        messages=[{"role": "user", "content": f"How urgent is {patient.diagnosis}?"}],
    )
    return answer.choices[0].message.content

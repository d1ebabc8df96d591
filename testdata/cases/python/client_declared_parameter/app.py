from openai import OpenAI


def summarise(client: OpenAI, patient):
    # flow: phi.diagnosis -> unknown/unresolved
    return client.chat.completions.create(
        model="m", messages=[{"role": "user", "content": patient.diagnosis}]
    )

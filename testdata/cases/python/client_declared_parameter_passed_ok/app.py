from openai import OpenAI


def summarise(client: OpenAI, patient):
    # call: openai/domestic
    return client.chat.completions.create(
        model="m", messages=[{"role": "user", "content": patient.diagnosis}]
    )


def run(patient):
    return summarise(OpenAI(), patient)

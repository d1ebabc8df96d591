from openai import OpenAI


def answer(patient):
    # ok: a class of this program, which sends nothing
    return OpenAI(base_url="https://api.deepseek.com").ask(patient.diagnosis)

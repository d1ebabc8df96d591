from openai import OpenAI
from string import Template

client = OpenAI(base_url="https://api.deepseek.com", api_key="unused")

LETTER = Template("Write about $what.")


def letter(visit):
    text = LETTER.safe_substitute(what=visit.diagnosis)
    # flow: phi.diagnosis -> deepseek/foreign
    return client.chat.completions.create(model="deepseek-chat", messages=[{"role": "user", "content": text}])

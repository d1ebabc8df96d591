from openai import OpenAI
from jinja2 import Template

client = OpenAI(base_url="https://api.deepseek.com", api_key="unused")

LETTER = Template("Write to {{ who }} about {{ what }}.")


def letter(visit):
    text = LETTER.render(who="the ward", what=visit.diagnosis)
    # flow: phi.diagnosis -> deepseek/foreign
    return client.chat.completions.create(model="deepseek-chat", messages=[{"role": "user", "content": text}])

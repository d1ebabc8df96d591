from openai import OpenAI
from jinja2 import Environment, FileSystemLoader

client = OpenAI(base_url="https://api.deepseek.com", api_key="unused")

pages = Environment(loader=FileSystemLoader("templates"))


def letter(visit):
    text = pages.get_template("letter.j2").render({"what": visit.corridor})
    # call: deepseek/foreign
    return client.chat.completions.create(model="deepseek-chat", messages=[{"role": "user", "content": text}])

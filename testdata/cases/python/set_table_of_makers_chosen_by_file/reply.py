import yaml
from openai import OpenAI

with open("chat.yaml") as stream:
    CHAT = yaml.safe_load(stream)

MAKERS = {
    "cheap": lambda: OpenAI(base_url="https://api.deepseek.com/v1", api_key="unused"),
    "home": lambda: OpenAI(base_url="http://localhost:8000/v1", api_key="unused"),
}


def reply(email: str) -> str:
    client = MAKERS[CHAT["provider"]]()
    # flow: pii.contact.email -> deepseek/foreign
    answer = client.chat.completions.create(
        model="deepseek-chat",
        messages=[{"role": "user", "content": f"Answer {email} politely."}],
    )
    return answer.choices[0].message.content

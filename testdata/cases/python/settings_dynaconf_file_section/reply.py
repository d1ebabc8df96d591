from openai import OpenAI

from dynaconf import Dynaconf

settings = Dynaconf(settings_files=["settings.toml"], environments=True)


def reply(email: str) -> str:
    client = OpenAI(base_url=settings.llm.base_url, api_key="unused")
    # flow: pii.contact.email -> deepseek/foreign
    answer = client.chat.completions.create(
        model="deepseek-chat",
        messages=[{"role": "user", "content": f"Answer {email} politely."}],
    )
    return answer.choices[0].message.content

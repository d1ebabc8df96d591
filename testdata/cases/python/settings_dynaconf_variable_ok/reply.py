from openai import OpenAI

from dynaconf import Dynaconf

settings = Dynaconf(envvar_prefix="REPLY", settings_files=["settings.toml"])


def reply(email: str) -> str:
    client = OpenAI(base_url=settings.LLM_URL, api_key="unused")
    # call: openai/domestic
    answer = client.chat.completions.create(
        model="deepseek-chat",
        messages=[{"role": "user", "content": f"Answer {email} politely."}],
    )
    return answer.choices[0].message.content

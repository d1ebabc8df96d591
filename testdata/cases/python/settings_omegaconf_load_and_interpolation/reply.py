from openai import OpenAI

from omegaconf import OmegaConf

cfg = OmegaConf.load("chat.yaml")


def reply(email: str) -> str:
    client = OpenAI(base_url=cfg.llm.url, api_key="unused")
    # flow: pii.contact.email -> deepseek/foreign
    answer = client.chat.completions.create(
        model="deepseek-chat",
        messages=[{"role": "user", "content": f"Answer {email} politely."}],
    )
    return answer.choices[0].message.content

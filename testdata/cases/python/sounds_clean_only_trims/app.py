import os

from openai import OpenAI

client = OpenAI(api_key=os.environ["DEEPSEEK_API_KEY"], base_url="https://api.deepseek.com")


def sanitize_note(text: str) -> str:
    return " ".join(text.split())


def code(clinical_note: str):
    note = sanitize_note(clinical_note)
    # flow: phi.clinical_note -> deepseek/foreign
    reply = client.chat.completions.create(
        model="deepseek-chat",
        messages=[{"role": "user", "content": f"Code this: {note}"}],
    )
    return reply.choices[0].message.content

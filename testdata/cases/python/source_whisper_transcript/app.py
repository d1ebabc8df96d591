import os

import whisper
from openai import OpenAI

client = OpenAI(api_key=os.environ["DEEPSEEK_API_KEY"], base_url="https://api.deepseek.com")


def ask(path: str):
    # call: local/local
    text = whisper.load_model("base").transcribe(path)["text"]
    # flow: comm.transcript -> deepseek/foreign
    reply = client.chat.completions.create(
        model="deepseek-chat",
        messages=[{"role": "user", "content": f"Summarise the meeting: {text}"}],
    )
    return reply.choices[0].message.content

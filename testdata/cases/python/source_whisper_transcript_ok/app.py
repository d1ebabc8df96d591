import os

import whisper
from openai import OpenAI

client = OpenAI(api_key=os.environ["DEEPSEEK_API_KEY"], base_url="https://api.deepseek.com")


def ask(path: str):
    # call: local/local
    length = len(whisper.load_model("base").transcribe(path)["segments"])
    # call: deepseek/foreign
    reply = client.chat.completions.create(
        model="deepseek-chat",
        messages=[{"role": "user", "content": f"Is {length} segments long?"}],
    )
    return reply.choices[0].message.content

import os

from openai import OpenAI as Speech
from openai import OpenAI

client = OpenAI(api_key=os.environ["DEEPSEEK_API_KEY"], base_url="https://api.deepseek.com")


ears = Speech()


def ask(path: str):
    with open(path, "rb") as audio:
        # call: openai/domestic
        text = ears.audio.transcriptions.create(model="whisper-1", file=audio).text
    # flow: comm.transcript -> deepseek/foreign
    reply = client.chat.completions.create(
        model="deepseek-chat",
        messages=[{"role": "user", "content": f"Summarise the call: {text}"}],
    )
    return reply.choices[0].message.content

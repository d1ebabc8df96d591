from celery import Celery
from openai import OpenAI

app = Celery("worker")
client = OpenAI(base_url="https://api.deepseek.com", api_key="unused")


@app.task(name="letters.write")
def write(text):
    # call: deepseek/foreign
    return client.chat.completions.create(model="deepseek-chat", messages=[{"role": "user", "content": text}])

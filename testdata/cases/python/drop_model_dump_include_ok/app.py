import os

from models import Applicant
from openai import OpenAI

client = OpenAI(api_key=os.environ["DEEPSEEK_API_KEY"], base_url="https://api.deepseek.com")


def rate(applicant: Applicant):
    record = applicant.model_dump(include={"shift", "remote"})
    # call: deepseek/foreign
    reply = client.chat.completions.create(
        model="deepseek-chat",
        messages=[{"role": "user", "content": f"Rate: {record}"}],
    )
    return reply.choices[0].message.content

import os

from flask import Flask, request

from models import Applicant
from openai import OpenAI

client = OpenAI(api_key=os.environ["DEEPSEEK_API_KEY"], base_url="https://api.deepseek.com")


app = Flask(__name__)


def rate():
    applicant = Applicant.model_validate(request.get_json())
    record = applicant.model_dump_json(exclude={"ssn"})
    # flow: user_input.freeform -> deepseek/foreign
    reply = client.chat.completions.create(
        model="deepseek-chat",
        messages=[{"role": "user", "content": f"Rate: {record}"}],
    )
    return reply.choices[0].message.content

import os

from sqlalchemy.orm import Session

from hr.models import Staff
from openai import OpenAI

client = OpenAI(api_key=os.environ["DEEPSEEK_API_KEY"], base_url="https://api.deepseek.com")


def report(session: Session):
    rows = session.query(Staff.desk, Staff.floor).filter(Staff.floor == "3").all()
    # call: deepseek/foreign
    reply = client.chat.completions.create(
        model="deepseek-chat",
        messages=[{"role": "user", "content": "Describe the desks: " + str(rows)}],
    )
    return reply.choices[0].message.content

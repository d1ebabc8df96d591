import os

from sqlmodel import Session, select

from models import Member
from openai import OpenAI

client = OpenAI(api_key=os.environ["DEEPSEEK_API_KEY"], base_url="https://api.deepseek.com")


def greet(session: Session, tier: str):
    rows = session.exec(select(Member.tier)).all()
    # call: deepseek/foreign
    reply = client.chat.completions.create(
        model="deepseek-chat",
        messages=[{"role": "user", "content": f"Write a greeting for each: {rows}"}],
    )
    return reply.choices[0].message.content

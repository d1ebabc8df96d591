import os

from sqlmodel import Session, select

from models import Member
from openai import OpenAI

client = OpenAI(api_key=os.environ["DEEPSEEK_API_KEY"], base_url="https://api.deepseek.com")


def greet(session: Session, tier: str):
    rows = session.exec(select(Member).where(Member.tier == tier)).all()
    # flow: gov_id.passport -> deepseek/foreign
    reply = client.chat.completions.create(
        model="deepseek-chat",
        messages=[{"role": "user", "content": f"Write a greeting for each: {[m.model_dump() for m in rows]}"}],
    )
    return reply.choices[0].message.content

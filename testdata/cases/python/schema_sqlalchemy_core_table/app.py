import os

from sqlalchemy import create_engine

from tables import tenants
from openai import OpenAI

client = OpenAI(api_key=os.environ["DEEPSEEK_API_KEY"], base_url="https://api.deepseek.com")


engine = create_engine(os.environ["DATABASE_URL"])


def occupancy():
    with engine.connect() as connection:
        rows = connection.execute(tenants.select()).fetchall()
    # flow: gov_id.national_id -> deepseek/foreign
    reply = client.chat.completions.create(
        model="deepseek-chat",
        messages=[{"role": "user", "content": f"Write an occupancy note: {rows}"}],
    )
    return reply.choices[0].message.content

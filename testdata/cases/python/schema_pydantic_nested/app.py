import os

from models import Claim
from openai import OpenAI

client = OpenAI(api_key=os.environ["DEEPSEEK_API_KEY"], base_url="https://api.deepseek.com")


def assess(claim: Claim):
    payload = claim.model_dump_json()
    # flow: gov_id.ssn -> deepseek/foreign
    reply = client.chat.completions.create(
        model="deepseek-chat",
        messages=[{"role": "user", "content": payload}],
    )
    return reply.choices[0].message.content

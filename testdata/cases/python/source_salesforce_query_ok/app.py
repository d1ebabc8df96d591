import os

from simple_salesforce import Salesforce
from openai import OpenAI

client = OpenAI(api_key=os.environ["DEEPSEEK_API_KEY"], base_url="https://api.deepseek.com")


def ask():
    sf = Salesforce(instance_url=os.environ["SF_URL"], session_id=os.environ["SF_SESSION"])
    found = sf.query("SELECT Description FROM Case")
    total = len(found["records"])
    # call: deepseek/foreign
    reply = client.chat.completions.create(
        model="deepseek-chat",
        messages=[{"role": "user", "content": f"Comment on {total} open cases."}],
    )
    return reply.choices[0].message.content

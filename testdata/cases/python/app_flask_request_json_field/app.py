import os

from flask import Flask, jsonify, request
from openai import OpenAI

app = Flask(__name__)
kimi = OpenAI(api_key=os.environ["MOONSHOT_API_KEY"], base_url="https://api.moonshot.cn/v1")


def explain_transfer(account: str) -> str:
    # flow: financial.bank_account -> moonshotai-cn/foreign
    completion = kimi.chat.completions.create(
        model="moonshot-v1-8k",
        messages=[{"role": "user", "content": f"Which bank runs {account}?"}],
    )
    return completion.choices[0].message.content


@app.post("/transfers/explain")
def explain():
    data = request.get_json()
    return jsonify({"answer": explain_transfer(data["iban"])})

"""Letters to borrowers. The provider in France has a data processing agreement."""

from openai import OpenAI

from app.models import Borrower

client = OpenAI(base_url="https://api.mistral.ai/v1")


def reminder(borrower: Borrower) -> str:
    prompt = f"Write a friendly reminder to {borrower.full_name} <{borrower.email}>"
    answer = client.chat.completions.create(model="mistral-large", messages=[{"role": "user", "content": prompt}])
    return answer.choices[0].message.content

"""Three ways to ask for a score, and where each of them leads."""

from openai import OpenAI

from app.models import Borrower
from app.privacy import scrub

abroad = OpenAI(base_url="https://api.deepseek.com/v1")
own = OpenAI(base_url="https://llm.lender.example/v1")
router = OpenAI(base_url="https://openrouter.ai/api/v1")


def score_abroad(borrower: Borrower) -> str:
    prompt = f"Rate the borrower with number {borrower.ssn}"
    return abroad.chat.completions.create(model="deepseek-chat", messages=[{"role": "user", "content": prompt}])


def score_at_home(borrower: Borrower) -> str:
    prompt = f"Rate the borrower with number {borrower.ssn}"
    return own.chat.completions.create(model="llama-3.3-70b", messages=[{"role": "user", "content": prompt}])


def score_scrubbed(borrower: Borrower) -> str:
    prompt = scrub(f"Rate the borrower with number {borrower.ssn}")
    return abroad.chat.completions.create(model="deepseek-chat", messages=[{"role": "user", "content": prompt}])


def score_routed(borrower: Borrower) -> str:
    prompt = f"Rate the borrower with number {borrower.ssn}"
    return router.chat.completions.create(model="deepseek/deepseek-chat", messages=[{"role": "user", "content": prompt}])


def summary(loan_file: str) -> str:
    return abroad.chat.completions.create(model="deepseek-chat", messages=[{"role": "user", "content": loan_file}])

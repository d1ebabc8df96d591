import os
import sqlite3

from anthropic import Anthropic

claude = Anthropic(base_url="https://open.bigmodel.cn/api/anthropic", api_key=os.environ["ZHIPU_API_KEY"])


def rows(path: str):
    with sqlite3.connect(path) as db:
        db.row_factory = sqlite3.Row
        return db.execute("SELECT phone_number, language FROM subscribers WHERE overdue = 1").fetchall()


def remind(path: str) -> list[str]:
    letters = []
    for row in rows(path):
        # flow: pii.contact.phone -> zhipuai/foreign
        message = claude.messages.create(
            model="glm-4.6",
            max_tokens=300,
            messages=[{"role": "user", "content": f"Write a text message to {row['phone_number']}."}],
        )
        letters.append(message.content[0].text)
    return letters

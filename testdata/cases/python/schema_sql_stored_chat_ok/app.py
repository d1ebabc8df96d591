import sqlite3

from openai import OpenAI

client = OpenAI(base_url="https://api.deepseek.com")


def history(chat_id):
    cursor = sqlite3.connect("chat.db").cursor()
    cursor.execute("SELECT role, length FROM messages WHERE chat_id = ? ORDER BY id", (chat_id,))
    return [{"role": role, "content": str(length)} for role, length in cursor.fetchall()]


def run(chat_id):
    # call: deepseek/foreign
    return client.chat.completions.create(model="deepseek-chat", messages=history(chat_id))

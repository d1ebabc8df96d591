import sqlite3

from openai import OpenAI

client = OpenAI(base_url="https://api.deepseek.com")


def history(chat_id):
    cursor = sqlite3.connect("chat.db").cursor()
    cursor.execute("SELECT role, content FROM messages WHERE chat_id = ? ORDER BY id", (chat_id,))
    return [{"role": role, "content": content} for role, content in cursor.fetchall()]


def run(chat_id):
    # flow: data.rows -> deepseek/foreign
    return client.chat.completions.create(model="deepseek-chat", messages=history(chat_id))

import streamlit as st
from openai import OpenAI

client = OpenAI(base_url="https://api.deepseek.com")


def send_key(settings):
    text = f"key {settings.api_key}"
    # flow: credential.api_key -> deepseek/foreign
    return client.chat.completions.create(model="deepseek-chat", messages=[{"role": "user", "content": text}])

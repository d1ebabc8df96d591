import redis
import requests
import streamlit as st
from openai import OpenAI

client = OpenAI(base_url="https://api.deepseek.com")
st.session_state.client_secret = st.text_input("Secret of the app", type="password")


def send(text):
    # call: deepseek/foreign
    return client.chat.completions.create(model="deepseek-chat", messages=[{"role": "user", "content": text}])


def from_cache(settings, key):
    return send(redis.Redis.from_url(settings.redis_url).get(key))


def from_form():
    return send(st.selectbox("Topic", ["a", "b"]))


def from_service(settings):
    answer = requests.post("https://example.org/search", headers={"X-Key": settings.api_key}, json={"q": 1})
    return send(answer.json())


def without_secret(settings, text):
    return send(text.replace(settings.api_key, "***"))

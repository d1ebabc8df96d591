import os

import streamlit as st
from openai import OpenAI


@st.cache_resource
def get_client() -> OpenAI:
    return OpenAI(api_key=os.environ["MOONSHOT_API_KEY"], base_url="https://api.moonshot.ai/v1")


st.title("Referral letter")

with st.form("referral"):
    who = st.text_input("Patient name")
    number = st.text_input("Social security number")
    submitted = st.form_submit_button("Write")

if submitted:
    # flow: pii.name.full, gov_id.ssn -> moonshotai/foreign
    completion = get_client().chat.completions.create(
        model="kimi-k2-0711-preview",
        messages=[{"role": "user", "content": f"Write a referral letter for {who} ({number})."}],
    )
    st.write(completion.choices[0].message.content)

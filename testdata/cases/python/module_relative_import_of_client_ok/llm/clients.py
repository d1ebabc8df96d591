import os

from openai import OpenAI

abroad = OpenAI(api_key=os.environ["DEEPSEEK_API_KEY"], base_url="https://api.deepseek.com")
home = OpenAI(api_key=os.environ["OPENAI_API_KEY"])

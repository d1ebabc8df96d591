import openai

openai.base_url = "https://api.deepseek.com/v1/"

from google import genai
from google.genai import types


def elsewhere(visit):
    options = types.HttpOptions(base_url="https://api.deepseek.com")
    client = genai.Client(http_options=options)
    # flow: phi.diagnosis -> deepseek/foreign
    return client.models.generate_content(model="gemini-2.5-pro", contents=visit.diagnosis)

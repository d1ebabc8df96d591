from urllib.parse import urlparse, urlunparse

from openai import OpenAI


def moved(url):
    # The host is another one afterwards.
    return urlunparse(urlparse(url)._replace(netloc="api.openai.com"))


def replaced(patient):
    client = OpenAI(base_url=moved("https://api.deepseek.com/v1"))
    # call: openai/domestic
    return client.chat.completions.create(model="m", messages=[{"role": "user", "content": patient.diagnosis}])

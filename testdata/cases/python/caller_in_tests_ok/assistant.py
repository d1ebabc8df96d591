from openai import OpenAI


def ask(base_url, text):
    client = OpenAI(base_url=base_url)
    # call: openai/domestic
    return client.chat.completions.create(model="m", messages=[{"role": "user", "content": text}])

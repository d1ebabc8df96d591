from openai import OpenAI

PASSED_ON = ("timeout", "max_retries")


def connect(given):
    options = {"api_key": "k"}
    for name in PASSED_ON:
        if name in given:
            options[name] = given[name]
    return OpenAI(**options)


def ask(patient):
    client = connect({"timeout": 30, "max_retries": 2, "base_url": "https://api.deepseek.com"})
    # call: openai/domestic
    return client.chat.completions.create(
        model="gpt-4o", messages=[{"role": "user", "content": patient.diagnosis}]
    )

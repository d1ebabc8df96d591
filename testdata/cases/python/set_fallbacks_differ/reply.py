from openai import OpenAI, OpenAIError

URLS = ["https://api.openai.com/v1", "https://api.deepseek.com/v1"]


def reply(email: str) -> str:
    for url in URLS:
        client = OpenAI(base_url=url, api_key="unused")
        try:
            # flow: pii.contact.email -> openai|deepseek/possible
            answer = client.chat.completions.create(
                model="deepseek-chat",
                messages=[{"role": "user", "content": f"Answer {email} politely."}],
            )
            return answer.choices[0].message.content
        except OpenAIError:
            continue
    return ""

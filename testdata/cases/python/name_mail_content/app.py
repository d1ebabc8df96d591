from openai import OpenAI

client = OpenAI(base_url="https://api.deepseek.com")


def sort_in(email):
    # flow: comm.email_body -> deepseek/foreign
    return client.chat.completions.create(
        model="deepseek-chat", messages=[{"role": "user", "content": f"{email.subject}\n\n{email.body}"}]
    )


def sort_in_all(emails):
    lines = [f"{m.sender}: {m.subject}" for m in emails]
    # flow: comm.email_body, pii.contact.email -> deepseek/foreign
    return client.chat.completions.create(
        model="deepseek-chat", messages=[{"role": "user", "content": "\n".join(lines)}]
    )

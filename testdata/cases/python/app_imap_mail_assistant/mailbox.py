import email
import imaplib
import os

from openai import OpenAI

client = OpenAI(api_key=os.environ["MOONSHOT_API_KEY"], base_url="https://api.moonshot.cn/v1")


def latest_body() -> str:
    box = imaplib.IMAP4_SSL(os.environ["IMAP_HOST"])
    box.login(os.environ["IMAP_LOGIN"], os.environ["IMAP_SECRET"])
    box.select("INBOX", readonly=True)
    _, found = box.search(None, "UNSEEN")
    newest = found[0].split()[-1]
    _, parts = box.fetch(newest, "(RFC822)")
    parsed = email.message_from_bytes(parts[0][1])
    return parsed.get_payload(decode=True).decode(errors="replace")


def triage() -> str:
    # flow: comm.email_body -> moonshotai-cn/foreign
    completion = client.chat.completions.create(
        model="moonshot-v1-32k",
        messages=[
            {"role": "system", "content": "Reply with urgent, normal or spam."},
            {"role": "user", "content": latest_body()},
        ],
    )
    return completion.choices[0].message.content

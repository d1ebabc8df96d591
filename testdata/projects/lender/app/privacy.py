import re


def scrub(text):
    return re.sub(r"\d{3}-\d{2}-\d{4}", "[id]", text)

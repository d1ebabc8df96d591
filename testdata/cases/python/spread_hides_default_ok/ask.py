from openai import OpenAI


def ask(visit, **options):
    # call: openai/domestic
    return OpenAI(**options).chat.completions.create(
        model="m", messages=[{"role": "user", "content": visit.diagnosis}]
    )


def usual(visit):
    return ask(visit, timeout=3)

from openai import OpenAI

client = OpenAI(base_url="https://api.deepseek.com")


def sort_in(email):
    # call: deepseek/foreign
    return client.chat.completions.create(
        model="deepseek-chat", messages=[{"role": "user", "content": f"{email.folder} {email.unread_count}"}]
    )


def explain(lesson, lessons):
    lines = [f"{one.subject}: {one.content}" for one in lessons]
    # call: deepseek/foreign
    return client.chat.completions.create(
        model="deepseek-chat", messages=[{"role": "user", "content": lesson.subject + "\n".join(lines)}]
    )

from openai import OpenAI

client = OpenAI(base_url="https://api.deepseek.com")


class CaseManager:
    def __init__(self, form):
        self.name = form["name"]
        self.skills = form["skills"]


def describe(transcript, form):
    manager = CaseManager(form)
    # flow: comm.transcript, hr.resume, pii.name.full -> deepseek/foreign
    return client.chat.completions.create(
        model="deepseek-chat",
        messages=[{"role": "user", "content": f"{transcript} {manager.name} {manager.skills}"}],
    )

from openai import OpenAI

client = OpenAI(base_url="https://api.deepseek.com")


class SkillManager:
    def __init__(self, folder):
        self.skills = folder.scan()


def describe(provider, knowledge_base_name, forward_transcript, folder):
    manager = SkillManager(folder)
    # call: deepseek/foreign
    return client.chat.completions.create(
        model="deepseek-chat",
        messages=[{"role": "user", "content": f"{provider.name} {knowledge_base_name} {forward_transcript} {manager.skills}"}],
    )

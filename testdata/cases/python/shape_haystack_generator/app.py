from haystack.components.generators.chat import OpenAIChatGenerator
from haystack.dataclasses import ChatMessage
from haystack.utils import Secret

chat = OpenAIChatGenerator(model="deepseek-chat", api_base_url="https://api.deepseek.com", api_key=Secret.from_token("unused"))


def run(visit):
    # flow: phi.diagnosis -> deepseek/foreign
    return chat.run([ChatMessage.from_user(f"Explain {visit.diagnosis}")])

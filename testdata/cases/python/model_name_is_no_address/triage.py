from huggingface_hub import InferenceClient
from langchain_community.chat_models import ChatLiteLLM


def remote(visit, token):
    client = InferenceClient(model="meta-llama/Llama-3.1-8B-Instruct", token=token)
    # flow: phi.diagnosis -> huggingface/possible
    return client.chat_completion([{"role": "user", "content": visit.diagnosis}])


def prefixed(visit):
    # flow: phi.diagnosis -> deepseek/foreign
    return ChatLiteLLM(model="deepseek/deepseek-chat").invoke(visit.diagnosis)


def plain(visit):
    # call: openai/domestic
    return ChatLiteLLM(model="gpt-4o").invoke(visit.diagnosis)


def named_later(visit, name):
    # flow: phi.diagnosis -> unknown/unresolved
    return ChatLiteLLM(model=name).invoke(visit.diagnosis)

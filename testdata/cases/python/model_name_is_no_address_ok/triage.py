from huggingface_hub import InferenceClient
from langchain_community.chat_models import ChatLiteLLM


def served_here(visit):
    client = InferenceClient(model="http://127.0.0.1:8080")
    # call: local/local
    return client.chat_completion([{"role": "user", "content": visit.diagnosis}])


def prefixed(visit):
    # call: local/local
    return ChatLiteLLM(model="ollama/llama3").invoke(visit.diagnosis)

from langchain_deepseek.chat_models import format_name
from langchain_ollama.llms import OllamaLLM


def summary(visit):
    # call: local/local
    return OllamaLLM(model="llama3").invoke(visit.diagnosis)


def label(visit):
    # ok: a helper that lives beside the model class
    return format_name(visit.diagnosis).invoke(visit.diagnosis)

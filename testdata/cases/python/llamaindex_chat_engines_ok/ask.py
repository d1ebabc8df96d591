from llama_index.core.chat_engine import SimpleChatEngine
from llama_index.llms.ollama import Ollama


def by_engine(visit):
    # call: local/local
    return SimpleChatEngine.from_defaults(llm=Ollama(model="llama3")).chat(visit.diagnosis)

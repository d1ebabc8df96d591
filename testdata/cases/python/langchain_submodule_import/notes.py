from langchain_community.chat_models.tongyi import ChatTongyi
from langchain_deepseek.chat_models import ChatDeepSeek
from langchain_openai.embeddings.base import OpenAIEmbeddings


def summary(visit):
    # flow: phi.diagnosis -> deepseek/foreign
    return ChatDeepSeek(model="deepseek-chat").invoke(visit.diagnosis)


def translated(visit):
    # flow: phi.diagnosis -> alibaba-cn/foreign
    return ChatTongyi().invoke(visit.diagnosis)


def vector(visit):
    # call: openai/domestic
    return OpenAIEmbeddings().embed_query(visit.diagnosis)

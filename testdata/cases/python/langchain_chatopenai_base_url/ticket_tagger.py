import os

from langchain_core.messages import HumanMessage, SystemMessage
from langchain_openai import ChatOpenAI

llm = ChatOpenAI(
    model="deepseek-ai/DeepSeek-V3",
    base_url="https://api.siliconflow.cn/v1",
    api_key=os.environ["SILICONFLOW_API_KEY"],
    temperature=0,
)


def tag(support_ticket: str) -> str:
    messages = [
        SystemMessage(content="Answer with one tag: billing, bug or other."),
        HumanMessage(content=support_ticket),
    ]
    # flow: customer.support_ticket -> siliconflow-cn/foreign
    return llm.invoke(messages).content

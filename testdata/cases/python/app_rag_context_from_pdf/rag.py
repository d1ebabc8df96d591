import os

from langchain_community.document_loaders import PyPDFLoader
from openai import OpenAI

client = OpenAI(
    api_key=os.environ["ZHIPU_API_KEY"],
    base_url="https://open.bigmodel.cn/api/paas/v4/",
)


def load_chunks(path: str, limit: int = 8) -> list[str]:
    pages = PyPDFLoader(path).load()
    return [page.page_content for page in pages[:limit]]


def answer_from_handbook() -> str:
    chunks = load_chunks("handbook/operations.pdf")
    context = "\n\n".join(chunks)
    # flow: document.internal -> zhipuai/foreign
    completion = client.chat.completions.create(
        model="glm-4-plus",
        messages=[
            {"role": "system", "content": "Answer from the context only."},
            {"role": "user", "content": f"<context>\n{context}\n</context>\nWho signs off a release?"},
        ],
    )
    return completion.choices[0].message.content

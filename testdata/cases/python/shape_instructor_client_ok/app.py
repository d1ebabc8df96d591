import instructor
from openai import OpenAI
from pydantic import BaseModel

client = instructor.from_openai(OpenAI(base_url="https://api.deepseek.com", api_key="unused"))


class Code(BaseModel):
    icd: str


def code(visit):
    # call: deepseek/foreign
    return client.chat.completions.create(
        model="deepseek-chat", response_model=Code, messages=[{"role": "user", "content": visit.corridor}]
    )

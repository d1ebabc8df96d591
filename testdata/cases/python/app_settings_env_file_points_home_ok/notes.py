from dataclasses import dataclass

from openai import OpenAI

from config import settings


@dataclass
class Encounter:
    progress_note: str
    room: int


client = OpenAI(base_url=settings.llm_base_url, api_key="unused")


def shorten(encounter: Encounter) -> str:
    # call: local/local
    completion = client.chat.completions.create(
        model=settings.llm_model,
        messages=[{"role": "user", "content": f"Shorten: {encounter.progress_note}"}],
    )
    return completion.choices[0].message.content

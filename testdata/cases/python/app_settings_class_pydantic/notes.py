from dataclasses import dataclass

from openai import OpenAI

from config import get_settings


@dataclass
class Encounter:
    progress_note: str
    room: int


def shorten(encounter: Encounter) -> str:
    settings = get_settings()
    client = OpenAI(base_url=settings.llm_base_url, api_key=settings.llm_api_key)
    # flow: phi.clinical_note -> deepseek/foreign
    completion = client.chat.completions.create(
        model=settings.llm_model,
        messages=[{"role": "user", "content": f"Shorten: {encounter.progress_note}"}],
    )
    return completion.choices[0].message.content

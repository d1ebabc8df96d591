import os
from dataclasses import dataclass

from openai import OpenAI


@dataclass
class Candidate:
    ethnicity: str
    years: int


router = OpenAI(
    base_url="https://openrouter.ai/api/v1",
    api_key=os.environ["OPENROUTER_API_KEY"],
)


def diversity_note(candidate: Candidate) -> str:
    # flow: special.race_ethnicity -> openrouter/possible
    completion = router.chat.completions.create(
        model="deepseek/deepseek-chat-v3-0324",
        messages=[{"role": "user", "content": f"Background given as {candidate.ethnicity}; write one neutral line."}],
    )
    return completion.choices[0].message.content

import logging
import os
from dataclasses import dataclass

from openai import APIError, OpenAI

log = logging.getLogger(__name__)

primary = OpenAI(api_key=os.environ["OPENAI_API_KEY"])
backup = OpenAI(api_key=os.environ["DEEPSEEK_API_KEY"], base_url="https://api.deepseek.com")


@dataclass
class Taxpayer:
    tax_id: str


def explain(taxpayer: Taxpayer) -> str:
    messages = [{"role": "user", "content": f"Explain the structure of {taxpayer.tax_id}"}]
    for client, model in ((primary, "gpt-4o-mini"), (backup, "deepseek-chat")):
        try:
            # flow: gov_id.tax_id -> deepseek|openai/possible
            completion = client.chat.completions.create(model=model, messages=messages)
            return completion.choices[0].message.content
        except APIError:
            log.warning("provider failed, trying the next one")
    raise RuntimeError("no provider answered")

import os
from dataclasses import dataclass


@dataclass(frozen=True)
class Settings:
    redis_url: str
    llm_base_url: str
    llm_model: str
    llm_api_key: str


def load() -> Settings:
    return Settings(
        redis_url=os.getenv("REDIS_URL", "redis://localhost:6379/0"),
        llm_base_url=os.environ["LLM_BASE_URL"],
        llm_model=os.environ["LLM_MODEL"],
        llm_api_key=os.environ["LLM_API_KEY"],
    )

"""Everything the environment decides, in one place."""

from functools import lru_cache

from pydantic import BaseModel
from pydantic_settings import BaseSettings, SettingsConfigDict


class LlmSettings(BaseModel):
    provider: str = "openai"
    base_url: str | None = None
    api_key: str = ""


class Settings(BaseSettings):
    model_config = SettingsConfigDict(env_prefix="HELPDESK_", env_nested_delimiter="__")

    llm: LlmSettings = LlmSettings()
    summary_url: str


@lru_cache
def settings() -> Settings:
    return Settings()

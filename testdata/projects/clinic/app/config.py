from functools import lru_cache

from pydantic_settings import BaseSettings, SettingsConfigDict


class Settings(BaseSettings):
    model_config = SettingsConfigDict(env_file=".env", extra="ignore")

    database_url: str = "sqlite:///clinic.db"

    llm_base_url: str = "https://api.openai.com/v1"
    llm_model: str = "gpt-4o-mini"
    llm_api_key: str = ""

    ollama_url: str = "http://localhost:11434"
    ollama_model: str = "qwen2.5:14b"


@lru_cache
def get_settings() -> Settings:
    return Settings()

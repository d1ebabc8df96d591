from pydantic import BaseModel
from pydantic_settings import BaseSettings, SettingsConfigDict


class Llm(BaseModel):
    base_url: str
    model: str = "m"


class Settings(BaseSettings):
    model_config = SettingsConfigDict(env_file=".env.prod", env_prefix="CLINIC_", env_nested_delimiter="__")

    llm: Llm


settings = Settings()

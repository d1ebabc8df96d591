from pydantic_settings import BaseSettings, SettingsConfigDict


class Settings(BaseSettings):
    model_config = SettingsConfigDict(env_file=".env")

    llm_base_url: str = "https://api.deepseek.com/v1"
    llm_model: str = "deepseek-chat"


settings = Settings()

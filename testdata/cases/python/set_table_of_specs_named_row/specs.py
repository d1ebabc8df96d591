from dataclasses import dataclass


@dataclass(frozen=True)
class Spec:
    base_url: str | None = None
    key_name: str = "LLM_KEY"


SPECS: dict[str, Spec] = {
    "cheap": Spec(base_url="https://api.deepseek.com"),
    "quick": Spec(base_url="https://api.groq.com/openai/v1"),
}

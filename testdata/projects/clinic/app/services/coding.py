import httpx

from app.config import get_settings
from app.models import Encounter


def suggest_codes(encounter: Encounter) -> str:
    settings = get_settings()
    response = httpx.post(
        f"{settings.ollama_url}/api/chat",
        json={
            "model": settings.ollama_model,
            "stream": False,
            "messages": [
                {"role": "system", "content": "Suggest ICD-10 codes, one per line."},
                {"role": "user", "content": encounter.clinical_note},
            ],
        },
        timeout=120,
    )
    response.raise_for_status()
    return response.json()["message"]["content"]

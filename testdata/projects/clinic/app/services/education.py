from openai import OpenAI

from app.models import Patient

client = OpenAI()


def leaflet(patient: Patient, topic: str) -> str:
    completion = client.chat.completions.create(
        model="gpt-4o-mini",
        messages=[
            {"role": "system", "content": f"Write in language {patient.preferred_language}."},
            {"role": "user", "content": f"A one-page leaflet for {patient.full_name} about {topic}."},
        ],
    )
    return completion.choices[0].message.content or ""

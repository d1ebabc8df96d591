from sqlalchemy.orm import Session

from app.config import get_settings
from app.models import Encounter, Patient
from app.services.llm import get_client, system, user


def _record(patient: Patient, encounter: Encounter) -> str:
    return "\n".join(
        [
            f"Name: {patient.full_name}",
            f"SSN: {patient.ssn}",
            f"Born: {patient.date_of_birth:%Y-%m-%d}",
            f"Diagnosis: {encounter.diagnosis}",
        ]
    )


class LetterService:
    def __init__(self, session: Session):
        self.session = session

    def draft(self, encounter_id: int, tone: str = "formal") -> str:
        encounter = self.session.get(Encounter, encounter_id)
        if encounter is None:
            raise LookupError(f"no encounter {encounter_id}")
        messages = [system("You draft discharge letters. Keep to the facts given.")]
        messages.append(user(_record(encounter.patient, encounter)))
        completion = get_client().chat.completions.create(
            model=get_settings().llm_model,
            messages=messages,
            temperature=0.2,
        )
        return completion.choices[0].message.content or ""

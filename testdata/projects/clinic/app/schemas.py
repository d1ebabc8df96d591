from pydantic import BaseModel


class LetterRequest(BaseModel):
    encounter_id: int
    tone: str = "formal"


class LetterReply(BaseModel):
    text: str


class TriageForm(BaseModel):
    ssn: str
    symptom_description: str

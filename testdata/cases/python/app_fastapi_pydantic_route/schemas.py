from pydantic import BaseModel, Field


class IntakeForm(BaseModel):
    ssn: str = Field(min_length=9, max_length=11)
    symptom_description: str


class IntakeReply(BaseModel):
    advice: str

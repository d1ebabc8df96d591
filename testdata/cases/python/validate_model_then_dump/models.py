from pydantic import BaseModel


class Applicant(BaseModel):
    shift: str
    ssn: str
    remote: bool

from pydantic import BaseModel


class Person(BaseModel):
    ssn: str
    tier: str


class Claim(BaseModel):
    reason: str
    claimant: Person

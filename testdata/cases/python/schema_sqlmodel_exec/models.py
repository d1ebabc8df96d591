from sqlmodel import Field, SQLModel


class Member(SQLModel, table=True):
    number: str = Field(primary_key=True)
    passport_number: str
    tier: str

import os

from openai import OpenAI
from sqlalchemy import func, select
from sqlalchemy.orm import DeclarativeBase, Mapped, Session, mapped_column


class Base(DeclarativeBase):
    pass


class Patient(Base):
    __tablename__ = "patients"
    id: Mapped[int] = mapped_column(primary_key=True)
    ssn: Mapped[str]
    discharged: Mapped[bool]


client = OpenAI(api_key=os.environ["MOONSHOT_API_KEY"], base_url="https://api.moonshot.cn/v1")


def nightly(session: Session) -> str:
    total = session.scalar(select(func.count()).select_from(Patient))
    out = session.scalar(select(func.count()).where(Patient.discharged.is_(True)))
    # call: moonshotai-cn/foreign
    completion = client.chat.completions.create(
        model="moonshot-v1-8k",
        messages=[{"role": "user", "content": f"{out} of {total} beds were freed. Write one sentence."}],
    )
    return completion.choices[0].message.content

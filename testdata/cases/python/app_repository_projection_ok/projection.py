import os
from dataclasses import dataclass

from openai import OpenAI
from sqlalchemy import String
from sqlalchemy.orm import DeclarativeBase, Mapped, Session, mapped_column


class Base(DeclarativeBase):
    pass


class Customer(Base):
    __tablename__ = "customers"
    id: Mapped[int] = mapped_column(primary_key=True)
    email: Mapped[str] = mapped_column(String(200))
    iban: Mapped[str] = mapped_column(String(34))
    plan: Mapped[str] = mapped_column(String(20))


@dataclass
class PlanView:
    plan: str


def view_of(session: Session, key: int) -> PlanView:
    row = session.get(Customer, key)
    return PlanView(plan=row.plan)


client = OpenAI(api_key=os.environ["DEEPSEEK_API_KEY"], base_url="https://api.deepseek.com")


def pitch(session: Session, key: int) -> str:
    view = view_of(session, key)
    # call: deepseek/foreign
    completion = client.chat.completions.create(
        model="deepseek-chat",
        messages=[{"role": "user", "content": f"Pitch an upgrade: {view}"}],
    )
    return completion.choices[0].message.content

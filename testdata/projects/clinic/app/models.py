from datetime import date

from sqlalchemy import ForeignKey, String, Text, create_engine
from sqlalchemy.orm import DeclarativeBase, Mapped, mapped_column, relationship, sessionmaker

from app.config import get_settings


class Base(DeclarativeBase):
    pass


class Patient(Base):
    __tablename__ = "patients"

    id: Mapped[int] = mapped_column(primary_key=True)
    full_name: Mapped[str] = mapped_column(String(120))
    ssn: Mapped[str] = mapped_column(String(11), unique=True)
    date_of_birth: Mapped[date]
    phone_number: Mapped[str | None] = mapped_column(String(30))
    preferred_language: Mapped[str] = mapped_column(String(5), default="en")
    encounters: Mapped[list["Encounter"]] = relationship(back_populates="patient")


class Encounter(Base):
    __tablename__ = "encounters"

    id: Mapped[int] = mapped_column(primary_key=True)
    patient_id: Mapped[int] = mapped_column(ForeignKey("patients.id"))
    department: Mapped[str] = mapped_column(String(40))
    diagnosis: Mapped[str] = mapped_column(Text)
    clinical_note: Mapped[str] = mapped_column(Text)
    wait_minutes: Mapped[int]
    patient: Mapped[Patient] = relationship(back_populates="encounters")


engine = create_engine(get_settings().database_url)
SessionLocal = sessionmaker(engine)

from sqlalchemy.orm import DeclarativeBase, Mapped, mapped_column


class Base(DeclarativeBase):
    pass


class Staff(Base):
    __tablename__ = "staff"

    id: Mapped[int] = mapped_column(primary_key=True)
    desk: Mapped[str]
    floor: Mapped[str]
    pay: Mapped[float] = mapped_column("salary")

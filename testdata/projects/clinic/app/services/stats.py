from sqlalchemy import func, select
from sqlalchemy.orm import Session

from app.config import get_settings
from app.models import Encounter
from app.services.llm import get_client, user


def waiting_time_comment(session: Session) -> str:
    total = session.scalar(select(func.count(Encounter.id)))
    mean = session.scalar(select(func.avg(Encounter.wait_minutes))) or 0
    completion = get_client().chat.completions.create(
        model=get_settings().llm_model,
        messages=[user(f"{total} visits, mean waiting time {mean:.0f} minutes. Comment in two sentences.")],
    )
    return completion.choices[0].message.content or ""

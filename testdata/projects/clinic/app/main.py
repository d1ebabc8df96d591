from collections.abc import Iterator

from fastapi import Depends, FastAPI, HTTPException
from sqlalchemy.orm import Session

from app.models import Encounter, SessionLocal
from app.schemas import LetterReply, LetterRequest, TriageForm
from app.services.coding import suggest_codes
from app.services.education import leaflet
from app.services.letters import LetterService
from app.services.stats import waiting_time_comment
from app.services.triage import triage

app = FastAPI(title="clinic")


def get_session() -> Iterator[Session]:
    with SessionLocal() as session:
        yield session


@app.post("/letters", response_model=LetterReply)
def create_letter(body: LetterRequest, session: Session = Depends(get_session)) -> LetterReply:
    try:
        text = LetterService(session).draft(body.encounter_id, body.tone)
    except LookupError as error:
        raise HTTPException(status_code=404, detail="unknown encounter") from error
    return LetterReply(text=text)


@app.get("/stats/waiting")
def waiting(session: Session = Depends(get_session)) -> dict:
    return {"comment": waiting_time_comment(session)}


@app.post("/encounters/{encounter_id}/codes")
def codes(encounter_id: int, session: Session = Depends(get_session)) -> dict:
    encounter = session.get_one(Encounter, encounter_id)
    return {"codes": suggest_codes(encounter).splitlines()}


@app.post("/encounters/{encounter_id}/leaflet")
def education(encounter_id: int, topic: str, session: Session = Depends(get_session)) -> dict:
    encounter = session.get_one(Encounter, encounter_id)
    return {"leaflet": leaflet(encounter.patient, topic)}


@app.post("/triage")
async def triage_form(form: TriageForm) -> dict:
    return {"advice": await triage(form)}

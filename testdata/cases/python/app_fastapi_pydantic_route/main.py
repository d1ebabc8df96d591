from fastapi import Depends, FastAPI

from schemas import IntakeForm, IntakeReply
from service import IntakeService

app = FastAPI()


def get_service() -> IntakeService:
    return IntakeService()


@app.post("/intake", response_model=IntakeReply)
async def intake(form: IntakeForm, service: IntakeService = Depends(get_service)) -> IntakeReply:
    return IntakeReply(advice=await service.advise(form))

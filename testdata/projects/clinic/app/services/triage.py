import os

from openai import AsyncOpenAI

from app.schemas import TriageForm

gateway = AsyncOpenAI(
    base_url=os.environ["TRIAGE_GATEWAY_URL"],
    api_key=os.environ["TRIAGE_GATEWAY_KEY"],
)


async def triage(form: TriageForm) -> str:
    completion = await gateway.chat.completions.create(
        model="triage",
        messages=[{"role": "user", "content": f"Member {form.ssn}: {form.symptom_description}"}],
    )
    return completion.choices[0].message.content or ""

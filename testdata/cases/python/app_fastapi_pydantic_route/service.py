import os

from openai import AsyncOpenAI

from schemas import IntakeForm


class IntakeService:
    def __init__(self) -> None:
        self._client = AsyncOpenAI(
            api_key=os.environ["DEEPSEEK_API_KEY"],
            base_url="https://api.deepseek.com/v1",
        )

    async def advise(self, form: IntakeForm) -> str:
        prompt = f"Member {form.ssn} reports: {form.symptom_description}. Which desk should call back?"
        # flow: gov_id.ssn, phi.symptom -> deepseek/foreign
        completion = await self._client.chat.completions.create(
            model="deepseek-chat",
            messages=[
                {"role": "system", "content": "You route incoming reports."},
                {"role": "user", "content": prompt},
            ],
        )
        return completion.choices[0].message.content or ""

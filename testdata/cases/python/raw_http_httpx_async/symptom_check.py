import os
from dataclasses import dataclass

import httpx


@dataclass
class Patient:
    blood_pressure: str
    medication: str


async def interaction_check(patient: Patient) -> str:
    body = {
        "model": "MiniMax-M1",
        "messages": [
            {
                "role": "user",
                "content": "Blood pressure {} while taking {}. Any concern?".format(
                    patient.blood_pressure, patient.medication
                ),
            }
        ],
    }
    async with httpx.AsyncClient(timeout=30) as http:
        # flow: phi.vitals, phi.medication -> minimax/foreign
        response = await http.post(
            "https://api.minimax.io/v1/chat/completions",
            headers={"Authorization": "Bearer " + os.environ["MINIMAX_API_KEY"]},
            json=body,
        )
    return response.json()["choices"][0]["message"]["content"]

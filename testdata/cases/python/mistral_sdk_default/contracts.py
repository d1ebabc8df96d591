import os

from mistralai import Mistral

client = Mistral(api_key=os.environ["MISTRAL_API_KEY"])


def list_obligations(contract_text: str) -> str:
    # flow: document.contract -> mistral/foreign
    response = client.chat.complete(
        model="mistral-large-latest",
        messages=[
            {"role": "system", "content": "List every obligation as a bullet."},
            {"role": "user", "content": contract_text},
        ],
    )
    return response.choices[0].message.content

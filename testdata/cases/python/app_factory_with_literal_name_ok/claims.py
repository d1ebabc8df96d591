from dataclasses import dataclass

from factory import make_client


@dataclass
class Policyholder:
    social_security_number: str
    region_code: str


def review(holder: Policyholder) -> str:
    client, model = make_client("openai")
    # call: openai/domestic
    completion = client.chat.completions.create(
        model=model,
        messages=[{"role": "user", "content": f"Find duplicates of {holder.social_security_number}"}],
    )
    return completion.choices[0].message.content

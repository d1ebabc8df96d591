import boto3
from dataclasses import dataclass


@dataclass
class Patient:
    ssn: str
    diagnosis: str


bedrock = boto3.client("bedrock-runtime")


def summarise(patient: Patient) -> str:
    # call: amazon-bedrock/domestic
    answer = bedrock.converse(
        modelId="anthropic.claude-3-5-sonnet-20240620-v1:0",
        messages=[{"role": "user", "content": [{"text": f"Explain {patient.diagnosis} in plain words"}]}],
    )
    return answer["output"]["message"]["content"][0]["text"]

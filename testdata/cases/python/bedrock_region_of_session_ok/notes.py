import boto3
from dataclasses import dataclass


@dataclass
class Patient:
    ssn: str
    diagnosis: str


session = boto3.Session(region_name="ap-northeast-1")
bedrock = session.client("bedrock-runtime", region_name="us-west-2")


def summarise(patient: Patient) -> str:
    # call: amazon-bedrock/domestic
    answer = bedrock.converse(
        modelId="anthropic.claude-3-5-sonnet-20240620-v1:0",
        messages=[{"role": "user", "content": [{"text": f"Explain {patient.diagnosis} in plain words"}]}],
    )
    return answer["output"]["message"]["content"][0]["text"]

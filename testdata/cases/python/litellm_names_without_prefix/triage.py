from litellm import completion


def triage(patient) -> str:
    # call: openai/domestic
    first = completion(
        model="gpt-4o-mini",
        messages=[{"role": "user", "content": f"How urgent is {patient.diagnosis}?"}],
    )
    # flow: phi.diagnosis -> amazon-bedrock/foreign
    second = completion(
        model="bedrock/anthropic.claude-3-haiku-20240307-v1:0",
        aws_region_name="eu-west-3",
        messages=[{"role": "user", "content": f"How urgent is {patient.diagnosis}?"}],
    )
    # call: amazon-bedrock/domestic
    third = completion(
        model="bedrock/anthropic.claude-3-haiku-20240307-v1:0",
        messages=[{"role": "user", "content": f"How urgent is {patient.diagnosis}?"}],
    )
    return first.choices[0].message.content + second.choices[0].message.content + str(third)

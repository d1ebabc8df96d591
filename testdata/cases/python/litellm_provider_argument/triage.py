import litellm


def triage(patient, question: str) -> str:
    # flow: phi.diagnosis -> deepseek/foreign
    first = litellm.completion(
        model="deepseek-chat",
        custom_llm_provider="deepseek",
        messages=[{"role": "user", "content": f"How urgent is {patient.diagnosis}?"}],
    )
    # call: openai/domestic
    second = litellm.completion(
        model="house-model",
        custom_llm_provider="openai",
        messages=[{"role": "user", "content": f"How urgent is {patient.diagnosis}?"}],
    )
    return first.choices[0].message.content + second.choices[0].message.content

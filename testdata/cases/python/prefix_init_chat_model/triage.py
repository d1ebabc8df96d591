from langchain.chat_models import init_chat_model

inferred = init_chat_model("gpt-4o-mini")
prefixed = init_chat_model("deepseek:deepseek-chat")
named = init_chat_model("claude-3-haiku", model_provider="bedrock_converse", region_name="eu-central-1")


def triage(patient) -> str:
    # call: openai/domestic
    first = inferred.invoke(f"How urgent is {patient.diagnosis}?")
    # flow: phi.diagnosis -> deepseek/foreign
    second = prefixed.invoke(f"How urgent is {patient.diagnosis}?")
    # flow: phi.diagnosis -> amazon-bedrock/foreign
    third = named.invoke(f"How urgent is {patient.diagnosis}?")
    return first.content + second.content + third.content

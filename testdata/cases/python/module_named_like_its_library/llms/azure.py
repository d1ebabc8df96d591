from openai import AzureOpenAI

client = AzureOpenAI(azure_endpoint="https://ward-notes.openai.azure.com", api_version="2024-10-21")


def urgency(patient) -> str:
    # call: azure/domestic
    answer = client.chat.completions.create(
        model="ward-gpt4o",
        messages=[{"role": "user", "content": f"How urgent is {patient.diagnosis}?"}],
    )
    return answer.choices[0].message.content

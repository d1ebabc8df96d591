from assistant import ask


def run(patient):
    return ask("https://api.openai.com/v1", patient.diagnosis)

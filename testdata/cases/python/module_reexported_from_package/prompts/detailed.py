def build(patient) -> str:
    return f"Explain {patient.diagnosis} to a layperson."

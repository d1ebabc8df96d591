def build(patient) -> str:
    return "Explain how to read a discharge letter."

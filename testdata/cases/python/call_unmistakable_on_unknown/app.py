import openai  # noqa: F401


def ask(patient, clients):
    # flow: phi.diagnosis -> unknown/unresolved
    return clients["main"].chat.completions.create(
        model="m", messages=[{"role": "user", "content": patient.diagnosis}]
    )

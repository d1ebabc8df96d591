import dspy

dspy.configure(lm=dspy.LM("openai/gpt-4o-mini"))
judge = dspy.Predict("report -> urgency")


def triage(patient) -> str:
    # call: openai/domestic
    return judge(report=f"Diagnosis: {patient.diagnosis}").urgency

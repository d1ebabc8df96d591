import dspy

dspy.configure(lm=dspy.LM("deepseek/deepseek-chat"))
judge = dspy.Predict("report -> urgency")


def triage(patient) -> str:
    # flow: phi.diagnosis -> deepseek/foreign
    return judge(report=f"Diagnosis: {patient.diagnosis}").urgency

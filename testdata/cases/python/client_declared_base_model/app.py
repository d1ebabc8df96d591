from langchain_core.language_models import BaseChatModel


class Triage:
    def __init__(self, model: BaseChatModel):
        self.model = model

    def sort(self, patient):
        # flow: phi.diagnosis -> unknown/unresolved
        return self.model.invoke(f"How urgent is {patient.diagnosis}?")

import vertexai
from vertexai.generative_models import GenerativeModel


def letter(patient) -> str:
    model = GenerativeModel("gemini-1.5-pro")
    # flow: phi.diagnosis -> google-vertex/foreign
    answer = model.generate_content(f"Write to the family about {patient.diagnosis}")
    return answer.text


if __name__ == "__main__":
    vertexai.init(project="ward-notes", location="europe-west4")

import vertexai
from vertexai.generative_models import GenerativeModel


def letter(patient) -> str:
    model = GenerativeModel("gemini-1.5-pro")
    # call: google-vertex/domestic
    answer = model.generate_content(f"Write to the family about {patient.diagnosis}")
    return answer.text


if __name__ == "__main__":
    vertexai.init(project="ward-notes", location="us-central1")

from google import genai

client = genai.Client(vertexai=True, project="ward-notes", location="asia-northeast1")


def letter(patient) -> str:
    # flow: phi.diagnosis -> google-vertex/foreign
    answer = client.models.generate_content(
        model="gemini-2.0-flash",
        contents=f"Write to the family about {patient.diagnosis}",
    )
    return answer.text

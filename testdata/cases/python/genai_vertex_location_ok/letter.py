from google import genai

client = genai.Client(vertexai=True, project="ward-notes", location="us-east4")


def letter(patient) -> str:
    # call: google-vertex/domestic
    answer = client.models.generate_content(
        model="gemini-2.0-flash",
        contents=f"Write to the family about {patient.diagnosis}",
    )
    return answer.text

from google import genai
from google.genai.types import HttpOptions


def usual(visit):
    client = genai.Client(http_options=HttpOptions(api_version="v1"))
    # call: google-gemini/domestic
    return client.models.generate_content(model="gemini-2.5-pro", contents=visit.diagnosis)

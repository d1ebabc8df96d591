import os

from presidio_analyzer import AnalyzerEngine
from presidio_anonymizer import AnonymizerEngine
from openai import OpenAI

client = OpenAI(api_key=os.environ["DEEPSEEK_API_KEY"], base_url="https://api.deepseek.com")


analyzer = AnalyzerEngine()
anonymizer = AnonymizerEngine()


def letter(diagnosis: str):
    found = analyzer.analyze(text=diagnosis, language="en")
    short = anonymizer.anonymize(text=diagnosis, analyzer_results=found).text
    # flow: phi.diagnosis -> deepseek/foreign
    reply = client.chat.completions.create(
        model="deepseek-chat",
        messages=[{"role": "user", "content": f"Explain: {short}"}],
    )
    return reply.choices[0].message.content

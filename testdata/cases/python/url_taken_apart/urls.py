import re
from urllib.parse import urljoin, urlparse, urlunparse

from openai import OpenAI

GIVEN = "https://api.deepseek.com/chat/completions"


def versioned(url):
    parts = urlparse(url)
    return urlunparse(parts._replace(path="/v1"))


def rebuilt(url):
    parts = urlparse(url)
    return urlunparse((parts.scheme, parts.netloc, "/v1", "", "", ""))


def formatted(url):
    parts = urlparse(url)
    return f"{parts.scheme}://{parts.netloc}/v1"


def send(client, patient):
    # flow: phi.diagnosis -> deepseek/foreign
    return client.chat.completions.create(model="m", messages=[{"role": "user", "content": patient.diagnosis}])


def replaced(patient):
    return send(OpenAI(base_url=versioned(GIVEN)), patient)


def of_parts(patient):
    return send(OpenAI(base_url=rebuilt(GIVEN)), patient)


def in_text(patient):
    return send(OpenAI(base_url=formatted(GIVEN)), patient)


def joined(patient):
    return send(OpenAI(base_url=urljoin(GIVEN, "/v1")), patient)


def substituted(patient):
    return send(OpenAI(base_url=re.sub(r"/chat/completions$", "", GIVEN)), patient)


def split(patient):
    return send(OpenAI(base_url=GIVEN.split("/chat")[0].removesuffix("/")), patient)

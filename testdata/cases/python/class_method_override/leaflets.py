import os
from dataclasses import dataclass

from openai import OpenAI

client = OpenAI(api_key=os.environ["DEEPSEEK_API_KEY"], base_url="https://api.deepseek.com")


@dataclass
class Person:
    passport_number: str


class Leaflet:
    def __init__(self, person: Person):
        self.person = person

    def line(self) -> str:
        return "A travel leaflet"

    def prompt(self) -> str:
        return "Describe: " + self.line()


class TravelLeaflet(Leaflet):
    def line(self) -> str:
        return f"Travel leaflet for {self.person.passport_number}"


def describe(person: Person) -> str:
    leaflet = TravelLeaflet(person)
    # flow: gov_id.passport -> deepseek/foreign
    completion = client.chat.completions.create(
        model="deepseek-chat",
        messages=[{"role": "user", "content": leaflet.prompt()}],
    )
    return completion.choices[0].message.content

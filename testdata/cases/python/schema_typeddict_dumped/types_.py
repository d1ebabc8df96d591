from typing import TypedDict


class Application(TypedDict):
    position: str
    resume_text: str

from dataclasses import dataclass


@dataclass
class Visit:
    room: str
    diagnosis: str
    urgent: bool

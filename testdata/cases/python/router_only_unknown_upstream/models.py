from dataclasses import dataclass


@dataclass
class Patient:
    diagnosis: str
    ward: int

from dataclasses import dataclass


@dataclass
class Borrower:
    ssn: str
    email: str
    full_name: str

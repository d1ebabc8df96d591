from dataclasses import dataclass

from utils.llm import chat


@dataclass
class Assignee:
    visa_status: str
    start_month: int


def checklist(assignee: Assignee) -> str:
    system = {"role": "system", "content": "You write relocation checklists."}
    user = {"role": "user", "content": f"Current visa: {assignee.visa_status}, starts in month {assignee.start_month}"}
    return chat([system, user], temperature=0.3)

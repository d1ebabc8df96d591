from client import ask


def visit(diagnosis: str) -> str:
    return ask(diagnosis)

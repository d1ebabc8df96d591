def render(employee) -> str:
    return "Yearly pay: see the attached table."

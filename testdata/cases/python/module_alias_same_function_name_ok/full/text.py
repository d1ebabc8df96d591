def render(employee) -> str:
    return f"Yearly pay: {employee.salary}"

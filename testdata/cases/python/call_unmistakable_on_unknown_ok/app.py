import anthropic  # noqa: F401


def text(customer, services):
    # ok: a text message, which has no `max_tokens`
    return services["sms"].messages.create(to=customer.phone, body=customer.diagnosis)

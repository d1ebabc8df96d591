from assistant import ask


def test_ask(customer):
    ask("https://api.deepseek.com", customer.ssn)

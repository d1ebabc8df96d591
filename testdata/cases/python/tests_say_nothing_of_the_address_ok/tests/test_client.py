from client import ask


def test_ask():
    assert ask("none", base_url="https://api.deepseek.com")

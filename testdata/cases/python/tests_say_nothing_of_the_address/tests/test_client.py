from client import ask


def test_ask():
    assert ask("none", base_url="http://localhost:9999/v1")

import os

LLM = {"url": os.environ.get("LLM_URL", "http://localhost:1/v1"), "timeout": 30}

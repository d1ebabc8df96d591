DEBUG = False
LLM_URL = "https://api.deepseek.com/v1"

DEBUG = False
LLM_URL = "https://api.openai.com/v1"

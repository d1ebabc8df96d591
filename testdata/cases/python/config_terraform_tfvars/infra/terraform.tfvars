chat_url = "https://api.deepseek.com/v1"

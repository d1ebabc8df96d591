URLS = {
    "cheap": "https://api.deepseek.com/v1",
    "home": "http://localhost:8000/v1",
}

import requests


class SpeechProvider:
    def __init__(self, options):
        self.voice = options.get("voice")
        self.name = options.get("name")

    def read_out(self, sentence):
        # call: siliconflow-cn/foreign
        return requests.post(
            "https://api.siliconflow.cn/v1/audio/speech",
            json={"model": "tts-1", "input": sentence, "voice": self.voice, "engine": self.name},
        )

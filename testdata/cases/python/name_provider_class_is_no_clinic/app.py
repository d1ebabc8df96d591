import requests


class ClinicVoice:
    def __init__(self, patient):
        self.patient = patient

    def read_out(self):
        # flow: pii.name.full, phi.diagnosis -> siliconflow-cn/foreign
        return requests.post(
            "https://api.siliconflow.cn/v1/audio/speech",
            json={"model": "tts-1", "input": f"{self.patient.name}: {self.patient.diagnosis}", "voice": "anna"},
        )

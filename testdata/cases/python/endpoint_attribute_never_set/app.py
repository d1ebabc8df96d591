from openai import OpenAI
from remote_tools import RemoteBase


class Assistant(RemoteBase):
    def ask(self, patient):
        client = OpenAI(base_url=self.base_url)
        # flow: phi.diagnosis -> unknown/unresolved
        return client.chat.completions.create(
            model="m", messages=[{"role": "user", "content": patient.diagnosis}]
        )

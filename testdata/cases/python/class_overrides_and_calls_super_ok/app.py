from langchain_openai import ChatOpenAI


class Tidy(ChatOpenAI):
    def invoke(self, text, config=None, **kwargs):
        # call: local/local
        return super().invoke(text, config, **kwargs)


def run(patient):
    model = Tidy(model="qwen3", base_url="http://localhost:8000/v1")
    return model.invoke(patient.diagnosis)

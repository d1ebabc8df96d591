from langchain_openai import ChatOpenAI


class Tidy(ChatOpenAI):
    def invoke(self, text, config=None, **kwargs):
        # flow: phi.diagnosis -> deepseek/foreign
        return super().invoke(text, config, **kwargs)


def run(patient):
    model = Tidy(model="deepseek-chat", base_url="https://api.deepseek.com")
    return model.invoke(patient.diagnosis)

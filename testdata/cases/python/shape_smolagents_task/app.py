from smolagents import CodeAgent, OpenAIServerModel

model = OpenAIServerModel(model_id="deepseek-chat", api_base="https://api.deepseek.com", api_key="unused")
agent = CodeAgent(tools=[], model=model)


def run(visit):
    # flow: phi.diagnosis -> deepseek/foreign
    return agent.run(f"Explain {visit.diagnosis}")

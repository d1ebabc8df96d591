from crewai import LLM, Agent, Crew, Task

llm = LLM(model="openai/deepseek-chat", base_url="https://api.deepseek.com", api_key="unused")


def run(visit):
    writer = Agent(role="Writer", goal="Explain", backstory="A nurse", llm=llm)
    task = Task(description=f"Explain {visit.diagnosis}", expected_output="Two lines", agent=writer)
    crew = Crew(agents=[writer], tasks=[task])
    # flow: phi.diagnosis -> deepseek/foreign
    return crew.kickoff()

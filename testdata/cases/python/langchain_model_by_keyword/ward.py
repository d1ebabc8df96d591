from langchain.agents import AgentExecutor, create_openai_tools_agent
from langchain.chains import RetrievalQA
from langchain_classic.chains import ConversationalRetrievalChain
from langchain_openai.chat_models import ChatOpenAI

model = ChatOpenAI(model="deepseek-chat", base_url="https://api.deepseek.com")


def ask_index(visit, retriever):
    chain = RetrievalQA.from_chain_type(llm=model, chain_type="stuff", retriever=retriever)
    # flow: phi.diagnosis -> deepseek/foreign
    return chain.invoke({"query": visit.diagnosis})


def talk(visit, retriever):
    chain = ConversationalRetrievalChain.from_llm(llm=model, retriever=retriever)
    # flow: phi.diagnosis -> deepseek/foreign
    return chain({"question": visit.diagnosis, "chat_history": []})


def act(visit, tools, prompt):
    agent = create_openai_tools_agent(llm=model, tools=tools, prompt=prompt)
    # flow: phi.diagnosis -> deepseek/foreign
    return AgentExecutor(agent=agent, tools=tools).invoke({"input": visit.diagnosis})

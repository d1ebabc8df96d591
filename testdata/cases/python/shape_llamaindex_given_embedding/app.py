from llama_index.core import ServiceContext, VectorStoreIndex
from llama_index.embeddings.openai_like import OpenAILikeEmbedding


def handed(visit, embed):
    # flow: phi.diagnosis -> unknown/unresolved
    return VectorStoreIndex.from_documents([visit.diagnosis], embed_model=embed)


def in_context(visit):
    model = OpenAILikeEmbedding(model_name="bge", api_base="https://api.deepseek.com/v1", api_key="unused")
    context = ServiceContext.from_defaults(embed_model=model)
    # flow: phi.diagnosis -> deepseek/foreign
    return VectorStoreIndex.from_documents([visit.diagnosis], service_context=context)


class Notes:
    def __init__(self, documents, embed):
        self.embed = embed
        # call: unknown/unresolved
        self.index = VectorStoreIndex(documents, embed_model=self.embed)

    def ask(self, visit):
        # flow: phi.diagnosis -> unknown/unresolved
        return self.index.as_retriever(similarity_top_k=3).retrieve(visit.diagnosis)

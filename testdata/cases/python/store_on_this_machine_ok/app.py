from qdrant_client import QdrantClient
from qdrant_client.models import PointStruct


class Store:
    def __init__(self, host=None, path=None):
        params = {"host": host} if host else {"path": path}
        self.client = QdrantClient(**params)

    def add(self, vectors, payloads):
        points = [PointStruct(id=i, vector=v, payload=p) for i, (v, p) in enumerate(zip(vectors, payloads))]
        # ok: vectors are put beside the program
        self.client.upsert(collection_name="c", points=points)

from qdrant_client import QdrantClient
from qdrant_client.models import PointStruct

client = QdrantClient(url="https://a1b2.eu-central-1-0.aws.cloud.qdrant.io")


def add(vector, patient):
    # flow: phi.diagnosis -> qdrant/foreign
    client.upsert(collection_name="c", points=[PointStruct(id=1, vector=vector, payload={"note": patient.diagnosis})])

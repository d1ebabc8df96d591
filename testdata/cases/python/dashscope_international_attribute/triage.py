import dashscope
from dashscope import Generation

dashscope.base_http_api_url = "https://dashscope-intl.aliyuncs.com/api/v1"


def triage(patient) -> str:
    # flow: phi.diagnosis -> alibaba/foreign
    answer = Generation.call(
        model="qwen-plus",
        messages=[{"role": "user", "content": f"How urgent is {patient.diagnosis}?"}],
    )
    return answer.output.text

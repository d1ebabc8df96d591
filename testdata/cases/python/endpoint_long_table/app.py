from openai import OpenAI

HOSTS = {
    "openai": "https://api.openai.com/v1",
    "groq": "https://api.groq.com/openai/v1",
    "together": "https://api.together.xyz/v1",
    "fireworks": "https://api.fireworks.ai/inference/v1",
    "deepinfra": "https://api.deepinfra.com/v1/openai",
    "perplexity": "https://api.perplexity.ai",
    "xai": "https://api.x.ai/v1",
    "cerebras": "https://api.cerebras.ai/v1",
    "nvidia": "https://integrate.api.nvidia.com/v1",
    "sambanova": "https://api.sambanova.ai/v1",
    "deepseek": "https://api.deepseek.com",
}


def ask(name, patient):
    client = OpenAI(base_url=HOSTS[name])
    # flow: phi.diagnosis -> cerebras|deepinfra|deepseek|fireworks-ai|groq|nvidia|openai|perplexity|sambanova|togetherai|xai/possible
    return client.chat.completions.create(
        model="m", messages=[{"role": "user", "content": patient.diagnosis}]
    )

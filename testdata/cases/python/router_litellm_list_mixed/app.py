from litellm import Router

router = Router(
    model_list=[
        {"model_name": "fast", "litellm_params": {"model": "groq/llama-3.3-70b-versatile"}},
        {"model_name": "fast", "litellm_params": {"model": "deepseek/deepseek-chat"}},
    ]
)


def ask(diagnosis: str) -> str:
    # flow: phi.diagnosis -> deepseek|groq/possible
    return router.completion(model="fast", messages=[{"role": "user", "content": diagnosis}])

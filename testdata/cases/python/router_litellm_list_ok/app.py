from litellm import Router

router = Router(
    model_list=[
        {"model_name": "fast", "litellm_params": {"model": "groq/llama-3.3-70b-versatile"}},
        {"model_name": "fast", "litellm_params": {"model": "together_ai/meta-llama/Llama-3-70b"}},
    ]
)


def ask(diagnosis: str) -> str:
    # call: groq|togetherai/domestic
    return router.completion(model="fast", messages=[{"role": "user", "content": diagnosis}])

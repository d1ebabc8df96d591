import dashscope


def ask(visit, options):
    # flow: phi.diagnosis -> alibaba-cn|unknown/possible
    return dashscope.Generation.call("qwen-max", messages=[{"role": "user", "content": visit.diagnosis}], **options)

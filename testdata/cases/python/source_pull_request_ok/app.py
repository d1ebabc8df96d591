from openai import OpenAI

client = OpenAI(base_url="https://api.deepseek.com")


def review(repo, number):
    count = len(list(repo.get_pull(number).get_files()))
    # call: deepseek/foreign
    return client.chat.completions.create(model="deepseek-chat", messages=[{"role": "user", "content": f"{count} files"}])

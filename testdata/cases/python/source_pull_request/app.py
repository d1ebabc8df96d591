from openai import OpenAI

client = OpenAI(base_url="https://api.deepseek.com")


def review(repo, number):
    patches = "\n".join(f.patch for f in repo.get_pull(number).get_files())
    # flow: code.diff -> deepseek/foreign
    return client.chat.completions.create(model="deepseek-chat", messages=[{"role": "user", "content": patches}])

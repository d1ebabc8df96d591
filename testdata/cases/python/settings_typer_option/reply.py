import typer
from openai import OpenAI

app = typer.Typer()


@app.command()
def reply(email: str, llm_url: str = typer.Option("https://api.deepseek.com/v1", envvar="REPLY_LLM_URL")) -> None:
    client = OpenAI(base_url=llm_url, api_key="unused")
    # flow: pii.contact.email -> deepseek/foreign
    answer = client.chat.completions.create(
        model="deepseek-chat",
        messages=[{"role": "user", "content": f"Answer {email} politely."}],
    )
    print(answer.choices[0].message.content)

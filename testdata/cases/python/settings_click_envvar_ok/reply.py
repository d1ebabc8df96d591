import click
from openai import OpenAI


@click.command()
@click.option("--email", required=True)
@click.option("--llm-url", envvar="LLM_URL", default="http://localhost:1/v1")
def reply(email: str, llm_url: str) -> None:
    client = OpenAI(base_url=llm_url, api_key="unused")
    # call: openai/domestic
    answer = client.chat.completions.create(
        model="deepseek-chat",
        messages=[{"role": "user", "content": f"Answer {email} politely."}],
    )
    click.echo(answer.choices[0].message.content)

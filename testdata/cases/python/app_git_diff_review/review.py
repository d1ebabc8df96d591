import os
import subprocess
import sys

from openai import OpenAI

client = OpenAI(api_key=os.environ["DEEPSEEK_API_KEY"], base_url="https://api.deepseek.com")


def changes(base: str) -> str:
    return subprocess.check_output(["git", "diff", f"{base}...HEAD"], text=True)


def main() -> int:
    patch = changes("origin/main")
    if not patch:
        return 0
    # flow: code.diff -> deepseek/foreign
    completion = client.chat.completions.create(
        model="deepseek-chat",
        messages=[
            {"role": "system", "content": "You review pull requests."},
            {"role": "user", "content": patch[:60000]},
        ],
    )
    print(completion.choices[0].message.content)
    return 0


if __name__ == "__main__":
    sys.exit(main())

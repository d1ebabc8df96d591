import os

from openai import OpenAI

client = OpenAI(api_key=os.environ["ZHIPU_API_KEY"], base_url="https://open.bigmodel.cn/api/paas/v4/")


def check(passport_number: str, fee_cents: int) -> str:
    form = {
        "private": {"travel": passport_number},
        "public": {"fee": fee_cents, "desk": "B"},
    }
    # flow: gov_id.passport -> zhipuai/foreign
    completion = client.chat.completions.create(
        model="glm-4-plus",
        messages=[{"role": "user", "content": f"Review this form part: {form['private']}"}],
    )
    return completion.choices[0].message.content

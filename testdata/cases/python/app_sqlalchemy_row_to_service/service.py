import os

from openai import OpenAI
from sqlalchemy.orm import Session

from models import Employee


class PayService:
    def __init__(self, session: Session, client: OpenAI | None = None):
        self.session = session
        self.client = client or OpenAI(
            api_key=os.environ["ZHIPU_API_KEY"],
            base_url="https://open.bigmodel.cn/api/paas/v4/",
        )

    def letter(self, employee_key: int) -> str:
        row = self.session.get(Employee, employee_key)
        if row is None:
            raise LookupError(employee_key)
        # flow: hr.compensation -> zhipuai/foreign
        completion = self.client.chat.completions.create(
            model="glm-4-plus",
            messages=[
                {"role": "system", "content": "Write a formal letter."},
                {"role": "user", "content": f"Announce a raise of 3 percent on {row.salary}."},
            ],
        )
        return completion.choices[0].message.content

import os
from dataclasses import dataclass

from zhipuai import ZhipuAI


@dataclass
class Student:
    gpa: float
    semester: int


def study_advice(student: Student) -> str:
    client = ZhipuAI(api_key=os.environ["ZHIPUAI_API_KEY"])
    # flow: edu.grades -> zhipuai/foreign
    response = client.chat.completions.create(
        model="glm-4",
        messages=[{"role": "user", "content": f"Semester {student.semester}, GPA {student.gpa}. What next?"}],
    )
    return response.choices[0].message.content

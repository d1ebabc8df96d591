import { HumanMessage, SystemMessage } from "@langchain/core/messages";
import { ChatOpenAI } from "@langchain/openai";

interface Student {
  gpa: number;
  semester: number;
}

const llm = new ChatOpenAI({
  model: "MiniMax-M1",
  apiKey: process.env.MINIMAX_API_KEY,
  temperature: 0,
  configuration: { baseURL: "https://api.minimaxi.com/v1" },
});

export async function studyAdvice(student: Student) {
  // flow: edu.grades -> minimax-cn/foreign
  const answer = await llm.invoke([
    new SystemMessage("You are a study counsellor."),
    new HumanMessage(`Semester ${student.semester}, GPA ${student.gpa}. What next?`),
  ]);
  return answer.content;
}

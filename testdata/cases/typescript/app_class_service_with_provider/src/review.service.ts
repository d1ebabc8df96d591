import type { LLMProvider } from "./provider";

export interface Employee {
  performanceReview: string;
  desk: string;
}

export class ReviewService {
  constructor(private readonly llm: LLMProvider) {}

  goals(employee: Employee) {
    return this.llm.complete(`Derive three goals from:\n${employee.performanceReview}`);
  }
}

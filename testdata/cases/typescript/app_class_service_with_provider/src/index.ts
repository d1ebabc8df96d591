import { DeepSeekProvider } from "./provider";
import { type Employee, ReviewService } from "./review.service";

const service = new ReviewService(new DeepSeekProvider(process.env.DEEPSEEK_API_KEY ?? ""));

export const goalsFor = (employee: Employee) => service.goals(employee);

export const render = (employee: { salary: number }) => `Yearly pay: ${employee.salary}`;

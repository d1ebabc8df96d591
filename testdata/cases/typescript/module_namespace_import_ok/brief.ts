export const render = (_employee: { salary: number }) => "Yearly pay: see the attached table.";

import type { Patient } from "./detailed";

export const build = (_patient: Patient) => "Explain how to read a discharge letter.";

export interface Patient {
  diagnosis: string;
}

export const build = (patient: Patient) => `Explain ${patient.diagnosis} to a layperson.`;

import { ipcRenderer } from "electron";

export const ask = (chart: { diagnosis: string }, tone: string) => ipcRenderer.invoke("print", `About ${chart.diagnosis}`, tone);

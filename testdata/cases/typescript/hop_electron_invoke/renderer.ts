import { ipcRenderer } from "electron";

export const ask = (chart: { diagnosis: string }, tone: string) => ipcRenderer.invoke("ask", `About ${chart.diagnosis}`, tone);

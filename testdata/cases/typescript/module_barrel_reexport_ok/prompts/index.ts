export { build } from "./generic";

export { build } from "./detailed";

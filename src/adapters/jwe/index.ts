export { createJweSeal, type JweSealOptions } from "./seal.ts";

export { createJweSeal, type JweSeal, type JweSealOptions } from "./seal.ts";

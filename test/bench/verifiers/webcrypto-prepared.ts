export { createPreparedVerifier as createVerifier } from "./webcrypto.ts";

export { createRemoteKeySet, type RemoteKeySetOptions } from "./remote-key-set.ts";
export { createJwtVerifier, type JwtVerifierOptions } from "./verifier.ts";

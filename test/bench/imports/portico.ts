// Imports the verifier from the package, and verifies one token.
import { reportFirstVerification } from "../first-verification.ts";

const [, , , module = ""] = process.argv;

await reportFirstVerification({
  load: (): Promise<typeof import("../../../src/jwt.ts")> => import(module),
  createVerifier({ createJwtVerifier }, { issuer, clientId, jwks }) {
    const answer = Promise.resolve(jwks);
    const keys = { current: () => answer, refresh: () => answer };
    const verifier = createJwtVerifier({ issuer, clientIds: [clientId], keys });
    return (token) => verifier.verify(token);
  },
});

// Imports aws-jwt-verify, and verifies one token.
import { reportFirstVerification } from "../../../test/bench/first-verification.ts";

await reportFirstVerification({
  load: () => import("aws-jwt-verify"),
  createVerifier({ CognitoJwtVerifier }, { userPoolId, clientId, jwks }) {
    const verifier = CognitoJwtVerifier.create({ userPoolId, clientId, tokenUse: "access" });
    verifier.cacheJwks({ keys: [...jwks.keys] });
    return (token) => verifier.verify(token);
  },
});

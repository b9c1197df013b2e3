import { createJwtVerifier, type JwtVerifier } from "../../src/adapters/jwt/index.ts";
import {
  claims,
  clientId,
  clock,
  issuer,
  keySetOf,
  sign,
  signingKey,
} from "../adapters/jwt/tokens.ts";

const { privateKey, jwk } = await signingKey("k1");

/** Signs an access token of a user, with some of its claims changed. */
export function accessToken(changes: Readonly<Record<string, unknown>> = {}): Promise<string> {
  return sign(claims(changes), privateKey, { kid: "k1" });
}

/** A verifier of the tokens that {@link accessToken} signs. */
export function tokenVerifier(): JwtVerifier {
  return createJwtVerifier({ issuer, clientIds: [clientId], keys: keySetOf([jwk]), clock });
}

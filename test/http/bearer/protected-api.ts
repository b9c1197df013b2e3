import { createJwtVerifier, type JwtVerifier } from "../../../src/adapters/jwt/index.ts";
import type { KeySet } from "../../../src/ports/index.ts";
import {
  claims,
  clientId,
  clock,
  issuer,
  sign,
  signingKey,
} from "../../adapters/jwt/token-signer.ts";

const { privateKey, jwk } = await signingKey("k1");

/** Signs an access token of a user, with some of its claims changed. */
export function accessToken(changes: Readonly<Record<string, unknown>> = {}): Promise<string> {
  return sign(claims(changes), privateKey, { kid: "k1" });
}

/** As a key set that is fetched: the same promise until its keys change, which needs no waiting. */
const keySet = Promise.resolve({ keys: [jwk] });
const keys: KeySet = { current: () => keySet, refresh: () => keySet };

/** A verifier of the tokens that {@link accessToken} signs. */
export function tokenVerifier(): JwtVerifier {
  return createJwtVerifier({ issuer, clientIds: [clientId], keys, clock });
}

import type { KeySet, PublicJsonWebKey, TokenVerifier } from "../../ports/index.ts";
import type { SingleIssuer, TokenVerifierLibrary, VerifierTerms } from "./library.ts";
import { createSigner, type Signer } from "./signer.ts";

export const issuer = "https://cognito-idp.eu-west-1.amazonaws.com/eu-west-1_Corpus001";
export const clientId = "1example23456789";
export const nowSeconds = 1_800_000_000;
export const clock = { now: () => nowSeconds * 1000 };

/** Gives the issuer's key pair and an attacker's, both with the issuer's key id: made once, as that takes its time. */
export const signers = once(() =>
  Promise.all([createSigner("access-1"), createSigner("access-1")]),
);

/** A key set that counts what is asked of it. */
export interface CountingKeySet extends KeySet {
  readonly counts: { current: number; refresh: number };
}

/** Makes a key set of keys that never change. */
export function keySetOf(...keys: readonly PublicJsonWebKey[]): CountingKeySet {
  const keySet = { keys };
  const counts = { current: 0, refresh: 0 };
  return {
    counts,
    async current() {
      counts.current += 1;
      return keySet;
    },
    async refresh() {
      counts.refresh += 1;
      return keySet;
    },
  };
}

/** A verifier of the issuer's tokens, and what it verifies. */
export interface World {
  readonly verifier: TokenVerifier;
  readonly keys: CountingKeySet;
  readonly signer: Signer;
  readonly attacker: Signer;
}

/** Sets up a verifier of the issuer's access tokens, with changes to how. */
export async function createWorld(
  library: TokenVerifierLibrary,
  changes: Partial<SingleIssuer> & VerifierTerms = {},
): Promise<World> {
  const [signer, attacker] = await signers();
  const keys = keySetOf(signer.jwk);
  const options = { issuer, clientIds: [clientId], keys, clock, ...changes };
  return { verifier: library.createJwtVerifier(options), keys, signer, attacker };
}

/** The claims of a Cognito user's access token, with some of them changed; `undefined` takes one away. */
export function accessClaims(
  changes: Readonly<Record<string, unknown>> = {},
): Readonly<Record<string, unknown>> {
  return {
    sub: "aaaaaaaa-bbbb-cccc-dddd-eeeeeeeeeeee",
    "cognito:groups": ["admins", "readers"],
    iss: issuer,
    client_id: clientId,
    origin_jti: "session-1",
    event_id: "event-1",
    token_use: "access",
    scope: "aws.cognito.signin.user.admin",
    auth_time: nowSeconds - 60,
    exp: nowSeconds + 3540,
    iat: nowSeconds - 60,
    jti: "token-1",
    username: "ada",
    ...changes,
  };
}

function once<T>(make: () => Promise<T>): () => Promise<T> {
  let made: Promise<T> | undefined;
  return () => {
    made ??= make();
    return made;
  };
}

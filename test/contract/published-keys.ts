import { createJwtVerifier, createRemoteKeySet } from "../../src/adapters/jwt/index.ts";
import type { Clock, KeySet } from "../../src/ports/index.ts";
import type { HarnessControls } from "../../src/testing/index.ts";

interface VerifierTerms {
  readonly issuer: string;
  readonly clientIds: readonly string[];
  readonly clock?: Clock;
}

/** Verifies the tokens of an issuer with the keys that it publishes, and counts the requests for them. */
export function publishedKeys(
  terms: VerifierTerms,
  uri: string,
  request: typeof fetch = fetch,
): HarnessControls["publishedKeys"] {
  return {
    newVerifier() {
      let requests = 0;
      const counting: typeof fetch = (...input) => {
        requests += 1;
        return request(...input);
      };
      const keys = createRemoteKeySet({ ...terms, uri, fetch: counting });
      return { tokens: createJwtVerifier({ ...terms, keys }), requests: () => requests };
    },
  };
}

/** The same for keys that nobody publishes: a service over the provider would. */
export function keysToPublish(terms: VerifierTerms, keys: KeySet) {
  const answer: typeof fetch = async () => Response.json(await keys.current());
  return publishedKeys(terms, "https://service.example/.well-known/jwks.json", answer);
}

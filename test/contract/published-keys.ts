import { createJwtVerifier, createRemoteKeySet } from "../../src/adapters/jwt/index.ts";
import type { Clock } from "../../src/ports/index.ts";
import type { HarnessControls } from "../../src/testing/index.ts";

/** Verifies the tokens of an issuer with the keys that it publishes, and counts the requests for them. */
export function publishedKeys({
  uri,
  ...terms
}: {
  readonly uri: string;
  readonly issuer: string;
  readonly clientIds: readonly string[];
  readonly clock?: Clock;
}): HarnessControls["publishedKeys"] {
  return {
    newVerifier() {
      let requests = 0;
      const counting: typeof fetch = (...request) => {
        requests += 1;
        return fetch(...request);
      };
      const keys = createRemoteKeySet({ ...terms, uri, fetch: counting });
      return { tokens: createJwtVerifier({ ...terms, keys }), requests: () => requests };
    },
  };
}

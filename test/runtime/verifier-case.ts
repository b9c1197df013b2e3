import { expect } from "vitest";
import { type Answer, bearer } from "./probe.ts";
import type { VerifierPlace } from "./verifier-place.ts";

/** One thing that holds for the service as a resource server, as plain data. */
export interface VerifierPlaceCase {
  /** A sentence in present tense, unlike that of any other case. */
  readonly name: string;
  run(place: VerifierPlace): Promise<void>;
}

/** Asks for the session of a token's bearer: the one thing that takes nothing but the token. */
export function askSession({ probe }: VerifierPlace, token: string | undefined): Promise<Answer> {
  return probe.send("GET", "/v1/session", { headers: bearer(token) });
}

/** Expects a refusal of the token, for a reason that is one of our words. */
export function expectTokenRefused(answer: Answer, reason: string): void {
  const code = { expired: "token_expired", revoked: "token_revoked" }[reason] ?? "invalid_token";
  expect({ status: answer.status, code: JSON.parse(answer.body).code }).toEqual({
    status: 401,
    code,
  });
  expect(challengeOf(answer)).toMatch(
    new RegExp(`^Bearer realm="[^"]+".*, error="invalid_token", error_description="${reason}"$`),
  );
}

/** The challenge of an answer, if any. */
export function challengeOf({ headers }: Answer): string | null {
  return headers.get("www-authenticate");
}

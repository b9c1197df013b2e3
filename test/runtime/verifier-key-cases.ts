import { expect } from "vitest";
import { expectProblem } from "./expectations.ts";
import { bearer } from "./probe.ts";
import {
  askSession,
  challengeOf,
  expectTokenRefused,
  type VerifierPlaceCase,
} from "./verifier-case.ts";
import type { VerifierPlace } from "./verifier-place.ts";

/** What holds from the start while the keys cannot be had, until they can: in this order. */
export const outageCases: readonly VerifierPlaceCase[] = [
  {
    name: "starts while the keys cannot be had, is alive and says that it is not ready",
    async run({ probe }) {
      expect((await probe.send("GET", "/health/live")).status).toBe(200);
      expectProblem(await probe.send("GET", "/health/ready"), 503, "keys_unavailable");
    },
  },
  {
    name: "calls no token bad while the keys cannot be had, and says when to come back",
    async run(place) {
      for (const token of [await place.accessToken(), await place.forgedToken()]) {
        const answer = await askSession(place, token);
        expectProblem(answer, 503, "keys_unavailable");
        expect(Number(answer.headers.get("retry-after"))).toBeGreaterThanOrEqual(1);
        expect(challengeOf(answer)).toBeNull();
      }
    },
  },
  {
    name: "heals by itself as soon as the keys can be had",
    async run(place) {
      const token = await place.accessToken();
      place.setKeysDown(false);
      const status = async () => (await askSession(place, token)).status;
      await expect.poll(status, { timeout: 15_000, interval: 250 }).toBe(200);
      expect((await place.probe.send("GET", "/health/ready")).status).toBe(200);
    },
  },
];

/** What holds from the start while the keys can be had: in this order. */
export const burstCases: readonly VerifierPlaceCase[] = [
  {
    name: "fetches the keys once for a hundred different tokens that are the first to come",
    async run(place) {
      place.setKeysDown(false);
      const tokens = await Promise.all(Array.from({ length: 100 }, () => place.accessToken()));
      expect(await statusesAtOnce(place, tokens)).toEqual([200]);
      expect(place.keyFetches()).toBe(1);
    },
  },
  {
    name: "fetches the keys at most once more for two hundred tokens of invented keys",
    async run(place) {
      const kids = Array.from({ length: 200 }, (_, index) => `invented-${index}`);
      const tokens = await Promise.all(kids.map((kid) => place.accessToken({}, { kid })));
      expect(await statusesAtOnce(place, tokens)).toEqual([401]);
      expectTokenRefused(await askSession(place, tokens[0]), "unknown_key");
      expect(place.keyFetches()).toBeLessThanOrEqual(2);
      expect((await askSession(place, await place.accessToken())).status).toBe(200);
    },
  },
  {
    name: "goes on with the keys that it has while there are no others to be had",
    async run(place) {
      place.setKeysDown(true);
      expect((await askSession(place, await place.accessToken())).status).toBe(200);
      expectTokenRefused(await askSession(place, await place.forgedToken()), "bad_signature");
    },
  },
];

/** What holds from the start while the keys take a second to come. */
export const hangUpCases: readonly VerifierPlaceCase[] = [
  {
    name: "leaves nobody waiting for keys that were fetched for a client who hung up",
    async run(place) {
      place.setKeysDown(false);
      const token = await place.accessToken();
      const hangUp = new AbortController();
      const init = { headers: bearer(token), signal: hangUp.signal };
      const first = fetch(`${place.url}/v1/session`, init).catch(() => undefined);
      await expect.poll(place.keyFetches).toBe(1);
      const others = Array.from({ length: 20 }, () => askSession(place, token));
      hangUp.abort();

      expect(await first).toBeUndefined();
      // On Workers the fetch may end with the request that it belongs to.
      for (const answer of await Promise.all(others)) {
        if (answer.status !== 200) expectProblem(answer, 503, "keys_unavailable");
      }
      const status = async () => (await askSession(place, token)).status;
      await expect.poll(status, { timeout: 15_000, interval: 250 }).toBe(200);
      expect(place.keyFetches()).toBeLessThanOrEqual(2);
    },
  },
];

/**
 * Gives each status that occurs among the answers to tokens that come at once. Nothing else is looked at meanwhile: the
 * key server is of this process, and must be quick.
 */
async function statusesAtOnce(
  { url }: VerifierPlace,
  tokens: readonly string[],
): Promise<readonly number[]> {
  const ask = async (token: string) => {
    const response = await fetch(`${url}/v1/session`, { headers: bearer(token) });
    await response.body?.cancel();
    return response.status;
  };
  return [...new Set(await Promise.all(tokens.map(ask)))];
}

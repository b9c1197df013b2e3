import { setTimeout as delay } from "node:timers/promises";
import { type IdentityErrorCode, isIdentityError } from "../../../src/domain/errors.ts";
import type { Figure, Row } from "../figure.ts";
import { createFixture, type Fixture, readFixture } from "../fixture.ts";
import { type KeyEndpoint, withKeyEndpoint } from "../key-endpoint.ts";

const cooldowns = 10;
const callsPerCooldown = 1000;
const patienceMs = 15_000;

/** How often the key set is fetched, and how soon a new key counts. It takes no rounds and no opponent. */
export const keyFetches: Row = {
  name: "key-fetches",
  async measure(fixturePath) {
    const fixture = await readFixture(fixturePath);
    return [
      await countColdBurst(fixture),
      await countUnknownKeys(fixture),
      await countFailures(fixture),
      await timeKeyChange(fixture),
    ];
  },
};

function countColdBurst(fixture: Fixture): Promise<Figure> {
  const tokens = fixture.tokens.slice(0, callsPerCooldown);
  return withKeyEndpoint({ status: 200, jwks: fixture.jwks }, fixture, async (endpoint) => {
    await Promise.all(tokens.map(endpoint.verify));
    const work = `JWKS fetches: ${tokens.length} good tokens, cold and parallel`;
    return plainFigure(work, endpoint.fetches(), "in all");
  });
}

function countUnknownKeys(fixture: Fixture): Promise<Figure> {
  return withKeyEndpoint({ status: 200, jwks: fixture.jwks }, fixture, async (endpoint) => {
    for (let round = 0; round < cooldowns; round++) {
      await expectRefusals(endpoint, withUnknownKeys(fixture, round), "invalid_token");
      endpoint.waitOutCooldown();
    }
    return fetchesPerCooldown("unknown key ids", endpoint);
  });
}

function countFailures(fixture: Fixture): Promise<Figure> {
  const tokens = fixture.tokens.slice(0, callsPerCooldown);
  return withKeyEndpoint({ status: 500, jwks: fixture.jwks }, fixture, async (endpoint) => {
    for (let round = 0; round < cooldowns; round++) {
      await expectRefusals(endpoint, tokens, "keys_unavailable");
      endpoint.waitOutCooldown();
    }
    return fetchesPerCooldown("good tokens while the endpoint answers 500", endpoint);
  });
}

/** The flood ends, the provider changes its key in that moment, and a user comes back with a token of the new one. */
async function timeKeyChange(fixture: Fixture): Promise<Figure> {
  const answer = { status: 200, jwks: fixture.jwks };
  const changed = await createFixture("access-key-2", 1);
  return withKeyEndpoint(answer, fixture, async (endpoint) => {
    for (let round = 0; round < cooldowns; round++) {
      await expectRefusals(endpoint, withUnknownKeys(fixture, round), "invalid_token");
    }
    answer.jwks = changed.jwks;
    const startedAt = performance.now();
    while (!(await isAccepted(endpoint, changed)) && performance.now() - startedAt < patienceMs) {
      await delay(20);
    }
    const seconds = (performance.now() - startedAt) / 1000;
    const total = (cooldowns * callsPerCooldown).toLocaleString("en");
    const work = `a changed key is accepted, right after ${total} unknown key ids`;
    return { ...plainFigure(work, seconds, "asked for every 20 ms"), unit: "s" };
  });
}

function isAccepted({ verify }: KeyEndpoint, { tokens: [token = ""] }: Fixture): Promise<boolean> {
  return verify(token).then(
    () => true,
    () => false,
  );
}

async function expectRefusals(
  { verify }: KeyEndpoint,
  tokens: readonly string[],
  code: IdentityErrorCode,
): Promise<void> {
  const outcomes = await Promise.allSettled(tokens.map(verify));
  const isRefused = (outcome: PromiseSettledResult<unknown>) =>
    outcome.status === "rejected" && isIdentityError(outcome.reason, code);
  if (!outcomes.every(isRefused)) throw new Error(`Not each token is refused with ${code}.`);
}

function withUnknownKeys({ tokens }: Fixture, round: number): readonly string[] {
  return tokens.slice(0, callsPerCooldown).map((token, index) => {
    const header = JSON.stringify({ alg: "RS256", kid: `unknown-${round}-${index}` });
    const segments = [Buffer.from(header).toString("base64url"), ...token.split(".").slice(1)];
    return segments.join(".");
  });
}

function fetchesPerCooldown(what: string, { fetches }: KeyEndpoint): Figure {
  const total = (cooldowns * callsPerCooldown).toLocaleString("en");
  return plainFigure(`JWKS fetches: ${total} ${what}`, fetches() / cooldowns, "per cooldown");
}

function plainFigure(work: string, value: number, remark: string): Figure {
  return { work, against: "—", value, unit: "", bar: { kind: "at most", value: 1 }, remark };
}

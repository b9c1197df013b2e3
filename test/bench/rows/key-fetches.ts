import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { createJwtVerifier, createRemoteKeySet } from "../../../src/adapters/jwt/index.ts";
import { type IdentityErrorCode, isIdentityError } from "../../../src/domain/errors.ts";
import type { Figure, Row } from "../figure.ts";
import { type Fixture, readFixture } from "../fixture.ts";

const cooldownMs = 10_000;
const cooldowns = 10;
const callsPerCooldown = 1000;

/** How often the key set is fetched from an endpoint on loopback. Counted, so it takes no rounds and no opponent. */
export const keyFetches: Row = {
  name: "key-fetches",
  async measure(fixturePath) {
    const fixture = await readFixture(fixturePath);
    const tokens = fixture.tokens.slice(0, callsPerCooldown);
    return [
      await withEndpoint(200, fixture, async ({ verify, fetches }) => {
        await Promise.all(tokens.map(verify));
        return countFigure(`${tokens.length} good tokens, cold and parallel`, fetches(), "in all");
      }),
      await withEndpoint(200, fixture, async (endpoint) => {
        const forged = (round: number) =>
          tokens.map((token, i) => withKeyId(token, `${round}-${i}`));
        return flood("unknown key ids", endpoint, forged, "invalid_token");
      }),
      await withEndpoint(500, fixture, (endpoint) =>
        flood(
          "good tokens while the endpoint answers 500",
          endpoint,
          () => tokens,
          "keys_unavailable",
        ),
      ),
    ];
  },
};

interface Endpoint {
  verify(token: string): Promise<unknown>;
  fetches(): number;
  waitOutCooldown(): void;
}

/** Lends a cold verifier whose keys are at an endpoint that answers with a status, and whose clock can be set. */
async function withEndpoint<T>(
  status: number,
  { issuer, clientId, jwks }: Fixture,
  work: (endpoint: Endpoint) => Promise<T>,
): Promise<T> {
  let fetches = 0;
  const server = createServer((_request, response) => {
    fetches += 1;
    response.writeHead(status, { "content-type": "application/json" }).end(JSON.stringify(jwks));
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  const { port } = server.address() as AddressInfo;
  let offsetMs = 0;
  const clock = { now: () => Date.now() + offsetMs };
  const keys = createRemoteKeySet({ uri: `http://127.0.0.1:${port}/`, clock, cooldownMs });
  const verifier = createJwtVerifier({ issuer, clientIds: [clientId], keys, clock });
  try {
    return await work({
      verify: verifier.verify,
      fetches: () => fetches,
      waitOutCooldown() {
        offsetMs += cooldownMs;
      },
    });
  } finally {
    server.closeAllConnections();
    server.close();
  }
}

/** Verifies tokens that are all refused with one code, through a number of cooldowns. */
async function flood(
  what: string,
  { verify, fetches, waitOutCooldown }: Endpoint,
  tokens: (round: number) => readonly string[],
  code: IdentityErrorCode,
): Promise<Figure> {
  for (let round = 0; round < cooldowns; round++) {
    const outcomes = await Promise.allSettled(tokens(round).map(verify));
    const isRefused = (outcome: PromiseSettledResult<unknown>) =>
      outcome.status === "rejected" && isIdentityError(outcome.reason, code);
    if (!outcomes.every(isRefused)) throw new Error(`Not each of the ${what} is ${code}.`);
    waitOutCooldown();
  }
  const total = (cooldowns * callsPerCooldown).toLocaleString("en");
  return countFigure(`${total} ${what}`, fetches() / cooldowns, "per cooldown");
}

function countFigure(work: string, value: number, remark: string): Figure {
  const bar = { kind: "at most", value: 1 } as const;
  return { work: `JWKS fetches: ${work}`, against: "—", value, unit: "", bar, remark };
}

function withKeyId(token: string, keyId: string): string {
  const header = Buffer.from(JSON.stringify({ alg: "RS256", kid: keyId })).toString("base64url");
  return [header, ...token.split(".").slice(1)].join(".");
}

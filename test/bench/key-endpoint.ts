import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { createJwtVerifier, createRemoteKeySet } from "../../src/jwt.ts";
import type { Fixture } from "./fixture.ts";

const cooldownMs = 10_000;

/** What an endpoint of keys answers, which may change under way. */
export interface KeyAnswer {
  status: number;
  jwks: Fixture["jwks"];
}

/** A cold verifier, and what happens at the endpoint that its keys come from. */
export interface KeyEndpoint {
  verify(token: string): Promise<unknown>;
  fetches(): number;
  waitOutCooldown(): void;
}

/** Lends a verifier whose keys are at an endpoint on loopback and whose clock can be moved on. */
export async function withKeyEndpoint<T>(
  answer: KeyAnswer,
  { issuer, clientId }: Fixture,
  work: (endpoint: KeyEndpoint) => Promise<T>,
): Promise<T> {
  let fetches = 0;
  const server = createServer((_request, response) => {
    fetches += 1;
    const headers = { "content-type": "application/json" };
    response.writeHead(answer.status, headers).end(JSON.stringify(answer.jwks));
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  const { port } = server.address() as AddressInfo;
  let offsetMs = 0;
  const clock = { now: () => Date.now() + offsetMs };
  const keys = createRemoteKeySet({ uri: `http://127.0.0.1:${port}/`, clock, cooldownMs });
  const verifier = createJwtVerifier({ issuer, clientIds: [clientId], keys, clock });
  const waitOutCooldown = () => {
    offsetMs += cooldownMs;
  };
  try {
    return await work({ verify: verifier.verify, fetches: () => fetches, waitOutCooldown });
  } finally {
    server.closeAllConnections();
    server.close();
  }
}

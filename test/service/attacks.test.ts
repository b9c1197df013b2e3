import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { createService } from "../../src/service/service.ts";
import { passkeyVerifier } from "../adapters/webauthn/support.ts";
import { makeFullPool } from "../contract/cognito-strict-pool.ts";
import { strictEnvironment } from "../runtime/cognito-environment.ts";
import { type StrictCognito, startStrictCognito } from "../support/cognito-strict.ts";

const home = "198.51.100.7";
const attacker = "203.0.113.66";
const password = "Correct-Horse-7";

/** The service of some settings, as others reach it, and all that it prints. */
function startService(environment: Readonly<Record<string, string>>) {
  const printed: string[] = [];
  const service = createService(environment, { print: (line) => void printed.push(line) });
  return {
    printed,
    async post(path: string, value: unknown, from: string) {
      const request = new Request(`http://127.0.0.1${path}`, {
        method: "POST",
        headers: { "content-type": "application/json" },
        body: JSON.stringify(value),
      });
      const answer = await service.fetch(request, { peer: () => from });
      const body = await answer.json();
      return { status: answer.status, body };
    },
  };
}

type Service = ReturnType<typeof startService>;

/** Signs somebody up at home, with the code that was sent, and in once: so that the address is known. */
async function settle(service: Service, codeFor: (username: string) => string): Promise<string> {
  const username = `ada-${crypto.randomUUID()}@example.com`;
  const attributes = { email: username };
  const signedUp = await service.post("/v1/sign-up", { username, password, attributes }, home);
  expect(signedUp.status).toBe(201);
  // A message may go after the answer.
  await expect.poll(() => codeFor(username)).not.toBe("");
  const code = codeFor(username);
  expect((await service.post("/v1/sign-up/confirm", { username, code }, home)).status).toBe(200);
  expect(await signInFrom(service, username, home)).toBe(200);
  return username;
}

async function signInFrom(service: Service, username: string, from: string): Promise<number> {
  return (await service.post("/v1/sign-in", { username, password }, from)).status;
}

/** Sends wrong passwords for one account from some addresses in turn, and counts the answers by status. */
async function attack(service: Service, username: string, addresses: readonly string[]) {
  const found: Record<number, number> = {};
  for (const from of addresses) {
    const wrong = { username, password: "Wrong-Horse-8" };
    const { status } = await service.post("/v1/sign-in", wrong, from);
    found[status] = (found[status] ?? 0) + 1;
  }
  return found;
}

const fromOne = Array.from({ length: 60 }, () => attacker);
const fromMany = Array.from({ length: 120 }, (_, index) => `203.0.113.${index}`);

/** The code that a provider without a way to send messages prints for a user. */
const codeIn = (printed: readonly string[]) => (username: string) => {
  const line = printed.findLast((each) => each.startsWith("✉") && each.includes(username));
  return line?.match(/\d{6,8}$/)?.[0] ?? "";
};

/** Registers the attacks that a provider which locks no account by itself lets no owner suffer from. */
function ownersGetIn(serviceOf: () => Service, timeout?: number): void {
  test.each([
    ["one address", fromOne],
    ["many addresses", fromMany],
  ])(
    "wrong passwords from %s do not keep the owner out of a known address",
    async (_name, addresses) => {
      const service = serviceOf();
      const username = await settle(service, codeIn(service.printed));

      const found = await attack(service, username, addresses);

      expect(found[429]).toBeGreaterThan(addresses.length / 2);
      expect(await signInFrom(service, username, home)).toBe(200);
    },
    timeout,
  );
}

describe("on the provider in memory", () => {
  const service = startService({ LOG_LEVEL: "silent" });

  ownersGetIn(() => service);

  test("one address that tries a password for 1,500 names gets thirty tries", async () => {
    const found: Record<number, number> = {};
    for (let index = 0; index < 1500; index += 1) {
      const stuffed = { username: `user${index}@example.com`, password: "Summer2026!" };
      const { status } = await service.post("/v1/sign-in", stuffed, "192.0.2.50");
      found[status] = (found[status] ?? 0) + 1;
    }

    expect(found[401]).toBeGreaterThan(0);
    // One comes back for every ten seconds that this takes.
    expect(found[401]).toBeLessThanOrEqual(33);
    expect((found[401] ?? 0) + (found[429] ?? 0)).toBe(1500);
  });
});

describe("with Better Auth", () => {
  let directory: string;
  let service: Service;

  beforeAll(async () => {
    directory = await mkdtemp(join(tmpdir(), "portico-attacks-"));
    service = startService({
      IDENTITY_PROVIDER: "better-auth",
      DATABASE_URL: `file:${join(directory, "users.db")}`,
      BETTER_AUTH_SECRET: "s".repeat(32),
      LOG_LEVEL: "silent",
    });
  });
  afterAll(() => rm(directory, { recursive: true, force: true }));

  ownersGetIn(() => service, 60_000);
});

describe("on Cognito", () => {
  const issuerBase = "https://strict.test";
  let cognito: StrictCognito;
  let service: Service;
  let poolId: string;

  beforeAll(async () => {
    cognito = await startStrictCognito({ issuerBase, passkeys: passkeyVerifier() });
    const { poolId: id, client } = await makeFullPool(cognito, { hidesUsers: true });
    poolId = id;
    const { endpoint } = cognito;
    service = startService({
      ...strictEnvironment({ endpoint, poolId, client, issuerBase }),
      LOG_LEVEL: "silent",
    });
  });
  afterAll(() => cognito?.close());

  test("wrong passwords from one address do not keep the owner out", async () => {
    const codeFor = (username: string) =>
      cognito.server.outboxOf(poolId).messagesFor(username).at(-1)?.code ?? "";
    const username = await settle(service, codeFor);

    const found = await attack(service, username, fromOne);

    expect(found).toEqual({ 401: 4, 429: 56 });
    expect(await signInFrom(service, username, home)).toBe(200);
  });
});

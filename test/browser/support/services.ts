import { onTestFinished } from "vitest";
import { createJweSeal } from "../../../src/adapters/jwe/index.ts";
import type { MemoryIdentityProviderOptions } from "../../../src/adapters/memory/index.ts";
import { type AppOptions, createApp } from "../../../src/http/app.ts";
import { serve } from "../../../src/node.ts";
import type { OutboxMessage } from "../../../src/ports/index.ts";
import { createLazyPasskeyVerifier } from "../../../src/service/lazy-passkeys.ts";
import { createService } from "../../../src/service/service.ts";
import { strictFeatures } from "../../contract/cognito-strict-harness.ts";
import { makeFullPool, type PoolSetup } from "../../contract/cognito-strict-pool.ts";
import { sums } from "../../contract/question.ts";
import { strictEnvironment } from "../../runtime/cognito-environment.ts";
import { startStrictCognito } from "../../support/cognito-strict.ts";
import { createMemoryPorts } from "../../support/memory-ports.ts";
import { freePort } from "../../support/server-process.ts";

/** The service with its pages, as a browser finds it. */
export interface PageService {
  readonly url: string;
  /** Gives the code that was sent last to a user, for a purpose. */
  code(username: string, purpose?: OutboxMessage["purpose"]): string;
}

/** Custom challenges are for a test of their own, as a pool that has them answers differently. */
const features = strictFeatures.filter((name) => name !== "custom_challenges");

const secrets = ["seals-the-cookies-of-the-tests-only"];

/** Makes the service on the in-memory provider, for whoever serves it at an address. */
export function createOnMemory(
  url: string,
  provider: MemoryIdentityProviderOptions = {},
  options: AppOptions = {},
) {
  const made = createMemoryPorts({
    passkeys: createLazyPasskeyVerifier({ rpId: "localhost", origins: [url] }),
    ...provider,
  });
  const { outbox } = made.memory;
  const ports = { ...made.ports, seal: createJweSeal({ secrets }) };
  const code: PageService["code"] = (username, purpose) =>
    lastCode(outbox.messagesFor(username), purpose);
  return { ...made, url, code, app: createApp(ports, { pages: {}, outbox, ...options }) };
}

/** Starts the service on the in-memory provider for one test. */
export async function startOnMemory(
  provider: MemoryIdentityProviderOptions = {},
  options: AppOptions = {},
): Promise<PageService & ReturnType<typeof createOnMemory>> {
  const port = await freePort();
  const service = createOnMemory(`http://localhost:${port}`, provider, options);
  const { close } = await serve({ fetch: service.app.fetch, port, host: "127.0.0.1" });
  onTestFinished(close);
  return service;
}

/** Starts the service, from its settings, in front of a pool of the strict Cognito server, for one test. */
export async function startOnCognito(
  setup: Partial<PoolSetup> = {},
  settings: Readonly<Record<string, string>> = {},
): Promise<
  PageService & {
    readonly poolId: string;
    readonly cognito: Awaited<ReturnType<typeof startStrictCognito>>;
  }
> {
  const port = await freePort();
  const url = `http://localhost:${port}`;
  const issuerBase = "https://strict.test";
  const cognito = await startStrictCognito({
    issuerBase,
    customChallenge: sums,
    passkeys: createLazyPasskeyVerifier({ rpId: "localhost", origins: [url] }),
  });
  onTestFinished(() => cognito.close());
  const { poolId, client } = await makeFullPool(cognito, {
    hidesUsers: true,
    rotationGraceSeconds: 60,
    ...setup,
  });
  const service = createService(
    {
      ...strictEnvironment({ endpoint: cognito.endpoint, poolId, client, issuerBase }),
      COGNITO_REFRESH_FLOW: "GET_TOKENS_FROM_REFRESH_TOKEN",
      COGNITO_FEATURES: features.join(),
      SESSION_SECRETS: secrets.join(),
      PAGES: "on",
      LOG_LEVEL: "silent",
      RATE_LIMITS: "off",
      ...settings,
    },
    { print: () => undefined },
  );
  // As processes do when they start: what the pages show comes from it.
  await service.checkSetUp();
  const { close } = await serve({ fetch: service.fetch, port, host: "127.0.0.1" });
  onTestFinished(close);
  const code: PageService["code"] = (username, purpose) =>
    lastCode(cognito.server.outboxOf(poolId).messagesFor(username), purpose);
  return { url, code, poolId, cognito };
}

function lastCode(
  messages: readonly OutboxMessage[],
  purpose: OutboxMessage["purpose"] | undefined,
): string {
  const last = messages.findLast((one) => purpose === undefined || one.purpose === purpose);
  if (!last?.code) throw new Error("no code was sent");
  return last.code;
}

/** The providers that every journey is made on, by their names. */
export const providers: readonly (readonly [name: string, start: () => Promise<PageService>])[] = [
  ["memory", () => startOnMemory()],
  ["Cognito", () => startOnCognito()],
];

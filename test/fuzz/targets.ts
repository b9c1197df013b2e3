import { createRevocationCheck } from "../../src/adapters/jwt/index.ts";
import {
  createMemoryRateLimiter,
  createMemoryRevocationList,
} from "../../src/adapters/memory/index.ts";
import { defaultLimitPolicies } from "../../src/domain/rate-limit-policies.ts";
import { createApp } from "../../src/http/app.ts";
import type { OutboxMessage } from "../../src/ports/index.ts";
import type { IdentityProviderHarness } from "../../src/testing/index.ts";
import { startSqliteHarness } from "../contract/better-auth-harness.ts";
import { startStrictHarness } from "../contract/cognito-strict-harness.ts";
import { startMemoryHarness } from "../contract/memory-harness.ts";
import { administratorName } from "../runtime/administrator.ts";
import { serviceClient } from "../runtime/families/service-tokens.ts";
import { createProbe } from "../runtime/probe.ts";
import { startService } from "../runtime/services.ts";
import type { RuntimeName } from "../support/runtimes.ts";
import type { FuzzTarget } from "./run.ts";

/** A target that has to be closed. */
export interface OpenTarget extends FuzzTarget {
  close(): Promise<unknown>;
}

const group = "administrators";
const password = "Correct-Horse-7";
const purposes: readonly OutboxMessage["purpose"][] = [
  "sign_up_confirmation",
  "password_reset",
  "sign_in_code",
  "mfa_code",
  "attribute_verification",
  "invitation",
];

const { INTROSPECTION_CLIENT_ID: id, INTROSPECTION_CLIENT_SECRET: secret } = serviceClient;
const client = Buffer.from(`${id}:${secret}`).toString("base64");

/** The service in this process, on each provider. */
export const inProcess: Readonly<Record<string, () => Promise<OpenTarget>>> = {
  memory: () => startMemoryHarness({ refreshRotation: { graceSeconds: 60 } }).then(onHarness),
  "memory with limits": () => startMemoryHarness().then((harness) => onHarness(harness, true)),
  cognito: () => startStrictHarness({ rotationGraceSeconds: 60 }).then(onHarness),
  "better-auth": () => startSqliteHarness().then(onHarness),
};

async function onHarness(harness: IdentityProviderHarness, hasLimits = false): Promise<OpenTarget> {
  const { identity, tokens, keys, controls } = harness;
  const clock = controls.clock ?? Date;
  const revocations = createRevocationCheck({ list: createMemoryRevocationList(clock), clock });
  const limits = { limiter: createMemoryRateLimiter(), policies: defaultLimitPolicies };
  const events = { record: () => undefined };
  const app = createApp(
    { identity, tokens, keys, events, clock, revocations, ...(hasLimits && { limits }) },
    {
      administrators: { groups: [group], scopes: [] },
      introspectionClient: { id, secret },
      resource: {
        resource: "https://id.example.com",
        authorizationServers: ["https://issuer.example"],
      },
    },
  );
  let calls = 0;
  // Each address is good for a few requests, so that its limits are met and others go on.
  const peer = () => `192.0.2.${Math.floor(calls++ / 50) % 250}`;
  return {
    url: "http://localhost",
    fetch: (request) => app.fetch(request, { peer }),
    now: () => clock.now(),
    client,
    administrator: await administratorOf(harness),
    async codesFor(username) {
      const codes = purposes.map((purpose) =>
        Promise.resolve(harness.codeFor(username, purpose)).catch(() => ""),
      );
      return (await Promise.all(codes)).filter(Boolean);
    },
    close: () => harness.close(),
  };
}

async function administratorOf({ identity, controls }: IdentityProviderHarness): Promise<string> {
  const username = "root@example.com";
  const attributes = { email: username, given_name: "Root" };
  await controls.groups?.create(group);
  await identity.createUser({ username, attributes, invite: false });
  await identity.setPassword({ username, password, isPermanent: true });
  await identity.addToGroup({ username, group });
  const result = await identity.signIn({ username, password });
  if (result.status !== "signed_in") throw new Error(`the administrator got ${result.status}`);
  return result.tokens.accessToken;
}

/** The service as it is deployed on a runtime, on a provider. */
export async function onRuntime(
  runtime: RuntimeName,
  provider: "memory" | "strict",
): Promise<OpenTarget> {
  const service = await startService(runtime, provider, "open");
  const probe = createProbe(service);
  const email = provider === "memory" ? administratorName : "root@example.com";
  const root = await probe.register({ username: email, password, attributes: { email } });
  await service.promote(email);
  const { accessToken } = await probe.signIn(root);
  return {
    url: service.url,
    fetch: (request) => fetch(request),
    now: Date.now,
    client,
    administrator: accessToken,
    async codesFor(username) {
      if (provider === "memory") return codesInOutbox(service.url, username);
      const codes = purposes.map((purpose) => service.codeFor(username, purpose).catch(() => ""));
      return (await Promise.all(codes)).filter(Boolean);
    },
    close: service.stop,
  };
}

/** A service that is nothing but what it answers. */
export function targetOf(fetch: FuzzTarget["fetch"]): FuzzTarget {
  const codesFor = async () => [];
  return { url: "http://localhost", fetch, codesFor, now: () => 0, client, administrator: "a" };
}

async function codesInOutbox(url: string, username: string): Promise<readonly string[]> {
  const response = await fetch(`${url}/dev/outbox?username=${encodeURIComponent(username)}`);
  const { messages }: { readonly messages: readonly OutboxMessage[] } = await response.json();
  return messages.map(({ code }) => code);
}

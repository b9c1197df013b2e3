import { createJwtVerifier, createRemoteKeySet } from "../../src/adapters/jwt/index.ts";
import {
  createMemoryIdentityProvider,
  type MemoryIdentityProviderOptions,
} from "../../src/adapters/memory/index.ts";
import { type AppOptions, createApp } from "../../src/http/app.ts";
import type { Ports } from "../../src/ports/index.ts";
import { createMemoryPorts } from "../support/memory-ports.ts";
import { checkAnswer } from "./contract-check.ts";

export { failing } from "../support/memory-ports.ts";

export const username = "ada@example.com";
export const password = "Correct-Horse-7";
export const adminGroup = "administrators";
export const account = { username, password, attributes: { given_name: "Ada" } };

/** What a test sends. */
export interface Sent {
  /** Sent as JSON. */
  readonly body?: unknown;
  /** Sent as it is, where JSON will not do. */
  readonly rawBody?: BodyInit;
  readonly token?: string;
  readonly headers?: Readonly<Record<string, string>>;
}

/** What came back, read. */
export interface Received {
  readonly status: number;
  readonly headers: Headers;
  readonly text: string;
  /** The text as JSON, where it is. */
  readonly body: Readonly<Record<string, unknown>>;
}

/** A challenge, as the wire has it. */
export interface ChallengeBody {
  readonly type: string;
  readonly session: string;
  readonly [member: string]: unknown;
}

/** Gives the challenge that a sign-in ended in. */
export function challengeOf({ text }: Received): ChallengeBody {
  const { status, challenge } = JSON.parse(text);
  if (status !== "challenge") throw new Error(`no challenge: ${text}`);
  return challenge;
}

/** The tokens of a sign-in. */
export interface Tokens {
  readonly access_token: string;
  readonly id_token: string;
  readonly refresh_token: string;
}

export interface TestServiceOptions extends AppOptions {
  readonly provider?: MemoryIdentityProviderOptions;
  /** Changes a port: to break one on purpose, as no real adapter breaks at will. */
  readonly ports?: (ports: Ports) => Partial<Ports>;
}

/** The service on the in-memory provider, in this process. Each answer is held against the OpenAPI document. */
export function startService({ provider, ports: change, ...options }: TestServiceOptions = {}) {
  const { memory, ports, events } = createMemoryPorts(provider);
  const { identity, outbox, groups } = memory;
  const app = createApp({ ...ports, ...change?.(ports) }, options);

  async function send(method: string, target: string, sent: Sent = {}): Promise<Received> {
    const response = await app.request(target, requestInit(method, sent));
    const text = await response.text();
    const [path = ""] = target.split("?");
    if (method !== "HEAD") checkAnswer(method, path, response, text);
    const isJson = /json$/.test(response.headers.get("Content-Type") ?? "") && text !== "";
    return {
      status: response.status,
      headers: response.headers,
      text,
      body: isJson ? JSON.parse(text) : {},
    };
  }

  const lastCode = (name = username) => outbox.messagesFor(name).at(-1)?.code ?? "";

  async function signUp(): Promise<void> {
    await send("POST", "/v1/sign-up", { body: account });
    await send("POST", "/v1/sign-up/confirm", { body: { username, code: lastCode() } });
  }

  async function signIn(): Promise<Tokens> {
    const { text } = await send("POST", "/v1/sign-in", { body: { username, password } });
    const answer: { readonly tokens: Tokens } = JSON.parse(text);
    return answer.tokens;
  }

  /** A user who is signed in. */
  async function signedIn(): Promise<Tokens> {
    await signUp();
    return signIn();
  }

  /** An administrator who is signed in: for a service whose administrators are a group of that name. */
  async function adminToken(): Promise<string> {
    const name = "root@example.com";
    groups.create({ name: adminGroup });
    await identity.createUser({ username: name, attributes: { email: name }, invite: false });
    await identity.setPassword({ username: name, password, isPermanent: true });
    await identity.addToGroup({ username: name, group: adminGroup });
    const result = await identity.signIn({ username: name, password });
    if (result.status !== "signed_in") throw new Error("the administrator was not signed in");
    return result.tokens.accessToken;
  }

  return {
    app,
    send,
    events,
    identity,
    groups,
    outbox,
    lastCode,
    signUp,
    signIn,
    signedIn,
    adminToken,
  };
}

/** Takes the signing keys away, as an outage of whoever publishes them does. */
export function withoutKeys(): Partial<Ports> {
  const { issuer, clientId } = createMemoryIdentityProvider();
  const keys = createRemoteKeySet({
    uri: "https://keys.invalid/jwks.json",
    fetch: async () => new Response("<h1>Bad Gateway</h1>", { status: 502 }),
  });
  return { keys, tokens: createJwtVerifier({ issuer, clientIds: [clientId], keys }) };
}

function requestInit(method: string, { body, rawBody, token, headers }: Sent): RequestInit {
  return {
    method,
    headers: {
      ...(body !== undefined && { "Content-Type": "application/json" }),
      ...(token !== undefined && { Authorization: `Bearer ${token}` }),
      ...headers,
    },
    ...(body !== undefined && { body: JSON.stringify(body) }),
    ...(rawBody !== undefined && { body: rawBody }),
  };
}

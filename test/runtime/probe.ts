import createClient, { type Client } from "openapi-fetch";
import { expect } from "vitest";
import type { paths } from "../../src/client/generated/api.ts";
import type { OutboxMessage } from "../../src/ports/index.ts";
import { checkAgainstContract } from "./contract-check.ts";
import { type RawAnswer, sendRaw } from "./raw-http.ts";
import { secretsIn } from "./secrets.ts";

/** What a code that was sent is good for. */
export type CodePurpose = OutboxMessage["purpose"];

/** A running service: all that the suite knows of it. */
export interface HttpTarget {
  readonly url: string;
  /** Gives the code that was sent last to a user. */
  codeFor(username: string, purpose: CodePurpose): Promise<string>;
  /** Confirms a user and makes an administrator of them, where their name alone does not. */
  promote(username: string): Promise<void>;
  /** What the service was told and must not tell on. */
  readonly secrets: readonly string[];
  /** All that the service has printed, but for the codes that it prints on purpose. */
  output(): string;
}

/** An answer, read to its end. */
export interface Answer {
  readonly status: number;
  readonly headers: Headers;
  readonly body: string;
}

/** What a test says of a request: the rest is as a plain JSON client would have it. */
export interface RequestOptions {
  readonly headers?: Readonly<Record<string, string>>;
  readonly body?: string | Uint8Array<ArrayBuffer> | ReadableStream;
}

/** The user's side of an account. */
export interface Account {
  readonly username: string;
  readonly password: string;
  readonly attributes: { readonly email: string; readonly given_name?: string };
}

/** Someone who is signed in. */
export interface SignedIn extends Account {
  readonly accessToken: string;
  readonly idToken: string;
  readonly refreshToken: string;
}

/** Talks to the service, holds every answer against the contract, and keeps what was said for the leak checks. */
export interface Probe {
  readonly url: string;
  readonly codeFor: HttpTarget["codeFor"];
  readonly promote: HttpTarget["promote"];
  /** The client generated from openapi.yaml. */
  readonly client: Client<paths>;
  /** Every secret that went over the wire. */
  readonly secrets: Set<string>;
  /** Every answer that came back, head and body. */
  readonly answers: string[];
  send(method: string, path: string, options?: RequestOptions): Promise<Answer>;
  /** Posts a value as JSON, as the bearer of a token where one is given. */
  post(path: string, value: unknown, accessToken?: string): Promise<Answer>;
  /** Writes to the server's socket, past any HTTP client and past the contract check. */
  raw(...parts: (string | Uint8Array)[]): Promise<RawAnswer>;
  /** Signs up and confirms a new user. */
  register(account?: Account): Promise<Account>;
  signIn(account: Account): Promise<SignedIn>;
  /** One signed-in user that all tests share which change nothing about them. */
  bystander(): Promise<SignedIn>;
}

/** A user that does not exist yet, with a password that no other test uses. */
export function newAccount(): Account {
  const id = crypto.randomUUID();
  const email = `user-${id}@example.com`;
  return { username: email, password: `Tr0ub4dor&3-${id}`, attributes: { email } };
}

/** How the tests reach a service. */
export function createProbe({ url, codeFor, promote, secrets: told }: HttpTarget): Probe {
  const secrets = new Set(told);
  const answers: string[] = [];

  async function exchange(request: Request): Promise<Response> {
    const sent = secretsIn(await request.clone().text(), request.headers);
    const response = await fetch(request);
    const body = await response.clone().text();
    const received = `${[...response.headers].join("\n")}\n\n${body}`;
    answers.push(received);
    for (const secret of sent) expect(received, "an answer echoes no secret").not.toContain(secret);
    for (const secret of [...sent, ...secretsIn(body, response.headers)]) secrets.add(secret);
    checkAgainstContract(request, response, body);
    return response;
  }

  const client = createClient<paths>({ baseUrl: url, fetch: exchange });

  async function send(method: string, path: string, options: RequestOptions = {}): Promise<Answer> {
    const init = { method, redirect: "manual", duplex: "half", ...options } as const;
    const response = await exchange(new Request(`${url}${path}`, init));
    return { status: response.status, headers: response.headers, body: await response.text() };
  }

  function post(path: string, value: unknown, accessToken?: string): Promise<Answer> {
    const headers = { "content-type": "application/json", ...bearer(accessToken) };
    return send("POST", path, { headers, body: JSON.stringify(value) });
  }

  async function register(account = newAccount()): Promise<Account> {
    const { username } = account;
    const signedUp = await client.POST("/v1/sign-up", { body: account });
    expect(signedUp.response.status).toBe(201);
    const code = await codeFor(username, "sign_up_confirmation");
    const confirmed = await client.POST("/v1/sign-up/confirm", { body: { username, code } });
    expect(confirmed.response.status).toBe(200);
    return account;
  }

  async function signIn(account: Account): Promise<SignedIn> {
    const { username, password } = account;
    const { data, response } = await client.POST("/v1/sign-in", { body: { username, password } });
    const tokens = data?.status === "signed_in" ? data.tokens : undefined;
    if (!tokens?.id_token || !tokens.refresh_token) expect.fail(`${response.status} from sign-in`);
    const { access_token: accessToken, id_token: idToken, refresh_token: refreshToken } = tokens;
    return { ...account, accessToken, idToken, refreshToken };
  }

  let shared: Promise<SignedIn> | undefined;
  return {
    url,
    codeFor,
    promote,
    client,
    secrets,
    answers,
    send,
    post,
    async raw(...parts) {
      const answer = await sendRaw(url, ...parts);
      answers.push(answer.text);
      return answer;
    },
    register,
    signIn,
    bystander() {
      shared ??= register().then(signIn);
      return shared;
    },
  };
}

/** The header that a bearer of a token sends, or none without a token. */
export function bearer(accessToken: string | undefined): Record<string, string> {
  return accessToken === undefined ? {} : { authorization: `Bearer ${accessToken}` };
}

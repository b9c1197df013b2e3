import { expect } from "vitest";
import {
  type ClientOptions,
  createClient,
  type Fetch,
  type PorticoClient,
  type SessionChange,
  type Step,
  type StoredTokens,
  type TokenStorage,
} from "../../src/client.ts";
import { checkAnswer } from "../http/contract-check.ts";
import { startSessions } from "../http/session/support.ts";
import { password, type TestServiceOptions, username } from "../http/support.ts";

/** The address of a service in this process. */
export const url = "http://localhost";

/** A request that a client sent. */
export interface SentRequest {
  readonly route: string;
  readonly headers: Headers;
  readonly body: string;
}

/** Answers a request, whose own answer it can ask for. */
export type Interception = (
  request: Request,
  serve: () => Promise<Response>,
) => Response | Promise<Response>;

/** A browser, as far as `fetch` goes: its cookies, and the page that asks. Requests to another origin get `elsewhere`. */
export interface Browser {
  readonly fetch: Fetch;
  readonly sent: SentRequest[];
  readonly jar: Map<string, string>;
  /** Answers requests to a route in the service's place, or after something else. Gives what ends that. */
  intercept(route: string, answer: Interception): () => void;
  /** The routes that were asked, in their order. */
  routes(): readonly string[];
  /** Makes a client in a tab of its own. */
  open(options?: ClientOptions): PorticoClient;
}

/** A service on the in-memory provider, and the user that has signed up. */
export async function startWithUser(options: TestServiceOptions = {}) {
  const service = startSessions(options);
  await service.signUp();
  return { ...service, browser: () => createBrowser(service) };
}

/** A browser on the service's own page. */
export function createBrowser({ app }: ReturnType<typeof startSessions>): Browser {
  const jar = new Map<string, string>();
  const sent: SentRequest[] = [];
  const answers = new Map<string, Interception>();

  async function browse(...[input, init]: Parameters<Fetch>): Promise<Response> {
    const request = new Request(input as Request, init);
    const { pathname, search } = new URL(request.url);
    const route = `${request.method} ${pathname}`;
    request.signal.throwIfAborted();
    const body = await request.clone().text();
    sent.push({ route: route + search, headers: new Headers(request.headers), body });
    const serve = () => served(request, pathname);
    const answer = answers.get(route)?.(request, serve) ?? serve();
    return abortable(Promise.resolve(answer), request.signal);
  }

  async function served(request: Request, pathname: string): Promise<Response> {
    if (request.credentials === "include") request.headers.set("Cookie", cookiesOf(jar));
    request.headers.set("Origin", url);
    request.headers.set("Host", "localhost");
    const response = await app.request(request);
    checkAnswer(request.method, pathname, response, await response.clone().text());
    keep(jar, response.headers.getSetCookie());
    return response;
  }

  return {
    fetch: browse,
    sent,
    jar,
    intercept(route, answer) {
      answers.set(route, answer);
      return () => answers.delete(route);
    },
    routes: () => sent.map(({ route }) => route),
    open: (options) => createClient({ url, fetch: browse, tokens: "cookie", ...options }),
  };
}

/** A place for tokens that tabs share, with what is in it. */
export interface SharedStorage extends TokenStorage {
  /** Nothing where nobody is signed in. */
  readonly kept: () => StoredTokens | undefined;
  /** Has the access token expire. */
  expire(): void;
}

/** Makes a place for tokens, which takes a while as a database does. */
export function createSharedStorage(): SharedStorage {
  let text: string | undefined;
  const kept = () => (text === undefined ? undefined : (JSON.parse(text) as StoredTokens));
  const pause = () => new Promise((resolve) => setTimeout(resolve, 1));
  return {
    kept,
    async load() {
      await pause();
      return kept();
    },
    async save(tokens) {
      text = tokens && JSON.stringify(tokens);
      await pause();
    },
    expire() {
      text = JSON.stringify({ ...kept(), expires_at: Math.floor(Date.now() / 1000) - 1 });
    },
  };
}

/** The changes that a client hears of. */
export function changesOf(client: PorticoClient): readonly SessionChange[] {
  const heard: SessionChange[] = [];
  client.onChange((change) => heard.push(change));
  return heard;
}

/** Something that a test lets happen when it likes. */
export function createGate() {
  let open: () => void = () => undefined;
  const opened = new Promise<void>((resolve) => {
    open = resolve;
  });
  return { open, opened };
}

/** An answer of a service in trouble. */
export function problem(status: number, code: string): Response {
  const headers = { "Content-Type": "application/problem+json" };
  return new Response(JSON.stringify({ code, status }), { status, headers });
}

/** Signs the user in who has signed up. */
export async function signIn(client: PorticoClient): Promise<void> {
  const step = await client.signIn({ username, password });
  expect(step).toEqual({ type: "signed_in" });
}

/** Expects that a sign-in has got to a step of a type. */
export function expectStep<const Type extends Step["type"]>(
  step: Step,
  type: Type,
): Extract<Step, { readonly type: Type }> {
  expect(step.type).toBe(type);
  return step as Extract<Step, { readonly type: Type }>;
}

/** Gives the reason that a promise is rejected with. */
export function rejection(promise: Promise<unknown>): Promise<unknown> {
  return promise.then(
    (value) => expect.fail(`a rejection, and not ${JSON.stringify(value)}`),
    (error) => error,
  );
}

function cookiesOf(jar: ReadonlyMap<string, string>): string {
  return [...jar].map(([name, value]) => `${name}=${value}`).join("; ");
}

function keep(jar: Map<string, string>, lines: readonly string[]): void {
  for (const line of lines) {
    const [, name = "", value = ""] = /^([^=]+)=([^;]*)/.exec(line) ?? [];
    if (line.includes("Max-Age=0")) jar.delete(name);
    else jar.set(name, value);
  }
}

function abortable<T>(work: Promise<T>, signal: AbortSignal): Promise<T> {
  return Promise.race([
    work,
    new Promise<never>((_, reject) => {
      signal.addEventListener("abort", () => reject(signal.reason));
    }),
  ]);
}

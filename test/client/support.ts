import { expect } from "vitest";
import {
  type ClientOptions,
  createClient,
  type Fetch,
  type PorticoClient,
  type Step,
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

/** A browser, as far as `fetch` goes: its cookies, and the page that asks. Requests to another origin get `elsewhere`. */
export interface Browser {
  readonly fetch: Fetch;
  readonly sent: SentRequest[];
  readonly jar: Map<string, string>;
  /** Answers the next requests to a route in the service's place. */
  intercept(route: string, answer: (request: Request) => Response | Promise<Response>): () => void;
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
  const answers = new Map<string, (request: Request) => Response | Promise<Response>>();

  async function browse(...[input, init]: Parameters<Fetch>): Promise<Response> {
    const request = new Request(input as Request, init);
    const { pathname, search } = new URL(request.url);
    const route = `${request.method} ${pathname}`;
    request.signal.throwIfAborted();
    const body = await request.clone().text();
    sent.push({ route: route + search, headers: new Headers(request.headers), body });
    const others = answers.get(route);
    if (others) return abortable(Promise.resolve(others(request)), request.signal);
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

/** Gives what a promise is rejected with. */
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

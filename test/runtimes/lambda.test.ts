import { afterEach, describe, expect, test, vi } from "vitest";
import { createJweSeal } from "../../src/adapters/jwe/index.ts";
import { createApp } from "../../src/http/app.ts";
import { createLambdaHandler, type LambdaHandler, type LambdaResult } from "../../src/lambda.ts";
import {
  functionUrlEvent,
  httpApiEvent,
  loadBalancerEvent,
  plainLoadBalancerEvent,
  restApiEvent,
  type SentRequest,
  sourceIp,
} from "../support/lambda-events.ts";
import { createMemoryPorts } from "../support/memory-ports.ts";
import { codeOf, runFragment } from "../support/page-code.ts";
import { startWebhookReceiver, webhookSecret } from "../support/webhook-receiver.ts";

const shapes = {
  "a function URL": functionUrlEvent,
  "an HTTP API": httpApiEvent,
  "a REST API": restApiEvent,
  "a load balancer": loadBalancerEvent,
  "a load balancer without lists": plainLoadBalancerEvent,
};

const email = "ada@example.com";
const password = "Correct-horse-7";

function headerOf(result: LambdaResult, name: string): string | undefined {
  const { headers, multiValueHeaders } = result;
  return headers?.[name] ?? multiValueHeaders?.[name]?.[0];
}

function cookiesOf(result: LambdaResult): readonly string[] {
  const { cookies, multiValueHeaders, headers = {} } = result;
  const isOfCookie = ([name]: [string, string]) => name.toLowerCase() === "set-cookie";
  const alone = Object.entries(headers)
    .filter(isOfCookie)
    .map(([, cookie]) => cookie);
  const set = cookies ?? multiValueHeaders?.["set-cookie"] ?? alone;
  return set.map((cookie) => cookie.split(";")[0] ?? "");
}

/** The service as a function, which is sent events of one form. */
function startFunction(eventOf: (request: SentRequest) => object) {
  const { ports, memory, events } = createMemoryPorts();
  const seal = createJweSeal({ secrets: ["seals-the-cookies-of-the-tests-only"] });
  const app = createApp({ ...ports, seal });
  const handler = createLambdaHandler({ fetch: app.fetch });
  async function send(
    method: string,
    path: string,
    options: Partial<SentRequest> & { json?: object } = {},
  ) {
    const { json, ...rest } = options;
    const headers = { ...(json && { "content-type": "application/json" }), ...rest.headers };
    const body = json ? { body: JSON.stringify(json) } : {};
    const result = await handler(eventOf({ method, path, ...rest, headers, ...body }), {});
    const text = result.body;
    return { result, status: result.statusCode, body: text === "" ? {} : JSON.parse(text) };
  }
  return { send, memory, events };
}

describe.each(Object.entries(shapes))("events of %s", (_name, eventOf) => {
  test("take an account through its life", async () => {
    const { send, memory, events } = startFunction(eventOf);

    const signUp = await send("POST", "/v1/sign-up", {
      json: { username: email, password, attributes: { email, given_name: "Žofie" } },
    });
    const code = memory.outbox.messagesFor(email).at(-1)?.code;
    const confirmed = await send("POST", "/v1/sign-up/confirm", {
      json: { username: email, code },
    });
    const signIn = await send("POST", "/v1/sign-in", { json: { username: email, password } });
    const authorization = `Bearer ${signIn.body.tokens?.access_token}`;
    const profile = await send("GET", "/v1/me", { headers: { authorization } });
    const signOut = await send("POST", "/v1/sign-out", {
      json: { refresh_token: signIn.body.tokens?.refresh_token },
    });

    expect([signUp, confirmed, signIn, profile, signOut].map(({ status }) => status)).toEqual([
      201, 200, 200, 200, 204,
    ]);
    expect(profile.body.attributes.given_name).toBe("Žofie");
    expect(headerOf(profile.result, "cache-control")).toBe("no-store");
    expect(new Set(events.map(({ address }) => address))).toEqual(new Set([sourceIp]));
  });

  test("keep a session in cookies, each of them set", async () => {
    const { send, memory } = startFunction(eventOf);
    await memory.identity.signUp({ username: email, password, attributes: { email } });
    const code = memory.outbox.messagesFor(email).at(-1)?.code ?? "";
    await memory.identity.confirmSignUp({ username: email, code });
    const session = { "portico-session": "cookie", "sec-fetch-site": "same-origin" };

    const signIn = await send("POST", "/v1/sign-in", {
      headers: session,
      json: { username: email, password },
    });
    const cookies = cookiesOf(signIn.result);
    const profile = await send("GET", "/v1/me", { headers: session, cookies });

    expect(signIn.body.status).toBe("session_started");
    expect(cookies.map((cookie) => cookie.split("=")[0])).toEqual([
      "__Host-portico",
      "__Host-portico-access",
    ]);
    expect([profile.status, profile.body.attributes?.email]).toEqual([200, email]);
  });

  test("are answered with problems where something is wrong with them", async () => {
    const { send } = startFunction(eventOf);

    const nowhere = await send("GET", "/nowhere?a=1&b=2");
    const malformed = await send("POST", "/v1/sign-in", {
      headers: { "content-type": "application/json" },
      body: "{",
    });

    expect([nowhere.status, nowhere.body.code]).toEqual([404, "not_found"]);
    expect([malformed.status, malformed.body.code]).toEqual([400, "malformed_request"]);
    expect(headerOf(malformed.result, "content-type")).toContain("application/problem+json");
  });
});

describe("an event", () => {
  const echo = createLambdaHandler({
    fetch: (request, { caller, peer }) =>
      Response.json({ url: request.url, caller: caller?.(), peer: peer?.() }),
  });

  test("of a path that came decoded names what it names, and no query", async () => {
    const event = {
      ...functionUrlEvent({ method: "GET", path: "/" }),
      rawPath: "/v1/admin/users/a?b#c",
    };
    const { body } = await echo(event);

    expect(JSON.parse(body).url).toBe("https://id.example.com/v1/admin/users/a%3Fb%23c");
  });

  test("has its query, every value of it", async () => {
    const path = "/v1/admin/users?email=ada%2Bx%40example.com&limit=2";
    for (const eventOf of Object.values(shapes)) {
      const { body } = await echo(eventOf({ method: "GET", path }));
      const { searchParams } = new URL(JSON.parse(body).url);
      expect(searchParams.get("email")).toBe("ada+x@example.com");
      expect(searchParams.get("limit")).toBe("2");
    }
  });

  test("that brings a body with GET is taken without it", async () => {
    const { statusCode } = await echo(functionUrlEvent({ method: "GET", path: "/", body: "{}" }));

    expect(statusCode).toBe(200);
  });

  test.each(["a b", "ada:secret@id.example.com", "id.example.com/v1", "a?b", "a#b", "a\\b", ""])(
    "of the host %j, which none could be, is malformed, and prints nothing",
    async (host) => {
      const errors = vi.spyOn(console, "error");
      const event = loadBalancerEvent({ method: "GET", path: "/", headers: { host } });
      const { statusCode, body } = await echo(event);

      expect([statusCode, JSON.parse(body).code]).toEqual([400, "malformed_request"]);
      expect(errors).not.toHaveBeenCalled();
    },
  );

  test.each([undefined, {}, { source: "aws.events" }, { requestContext: {} }])(
    "that is none of HTTP is an error of whoever set it up: %j",
    async (event) => {
      await expect(echo(event)).rejects.toThrow("This is no HTTP event");
    },
  );

  test("behind proxies is the proxy's, for the app to find who called", async () => {
    const behind = createLambdaHandler({
      isBehindProxies: true,
      fetch: (_request, { caller, peer }) => Response.json({ caller: caller?.(), peer: peer?.() }),
    });
    const event = functionUrlEvent({ method: "GET", path: "/" });

    expect(JSON.parse((await behind(event)).body)).toEqual({ peer: sourceIp });
    expect(JSON.parse((await echo(event)).body)).toMatchObject({ caller: sourceIp });
  });
});

test("docs/deploying.md shows a handler of an app of one's own", async () => {
  const block = codeOf("docs/deploying.md").find(({ text }) => text.includes("createApp("));
  const fragment = { language: "js", text: block?.text.replace("export const", "const") ?? "" };
  const { ports } = createMemoryPorts();

  const given = { createApp, createLambdaHandler, ports };
  const { handler } = await runFragment(fragment, given, ["handler"]);
  const answer = await (handler as LambdaHandler)(
    functionUrlEvent({ method: "GET", path: "/docs" }),
  );

  expect(answer.statusCode).toBe(200);
});

describe("the service as a function", () => {
  afterEach(() => {
    vi.unstubAllEnvs();
    vi.restoreAllMocks();
    vi.resetModules();
  });

  /** The handler of an instance that has just started, with the settings of its function. */
  async function startInstance(settings: Readonly<Record<string, string>>) {
    const [warned, failed] = [vi.spyOn(console, "warn"), vi.spyOn(console, "error")];
    for (const spy of [warned, failed]) spy.mockImplementation(() => undefined);
    for (const [name, value] of Object.entries(settings)) vi.stubEnv(name, value);
    const { handler } = await import("../../src/lambda.ts");
    const said = (spy: typeof warned) => spy.mock.calls.flat().join("\n");
    return { handler, warned: () => said(warned), failed: () => said(failed) };
  }

  const live = functionUrlEvent({ method: "GET", path: "/health/live" });

  test("is what docs/deploying.md exports", async () => {
    const block = codeOf("docs/deploying.md").find(({ text }) => text.includes("index.mjs"));
    const { handler } = await startInstance({ IDENTITY_PROVIDER: "memory" });

    expect(block?.text).toContain('export { handler } from "portico/lambda";');
    expect((await handler(live)).statusCode).toBe(200);
  });

  test("is put together once, and tells what has no effect there", async () => {
    const { handler, warned } = await startInstance({
      IDENTITY_PROVIDER: "memory",
      PORT: "9000",
      LOG_LEVEL: "silent",
    });

    const answers = [await handler(live), await handler(live)];

    expect(answers.map(({ statusCode }) => statusCode)).toEqual([200, 200]);
    expect(warned().match(/Without effect on Lambda, which listens itself: PORT\./g)).toHaveLength(
      1,
    );
    expect(warned()).toContain("users in memory are those of one instance");
    expect(warned()).toContain("SHARED_STATE=redis");
  });

  test("with settings at fault answers that it is set up wrongly, and logs what, without values", async () => {
    const { handler, failed } = await startInstance({
      IDENTITY_PROVIDER: "cognito",
      COGNITO_REGION: "not a region",
    });

    const { statusCode, body } = await handler(live);

    expect([statusCode, JSON.parse(body).code]).toEqual([500, "provider_misconfigured"]);
    expect(failed()).toContain("COGNITO_REGION: must be a Region");
    expect(failed() + body).not.toContain("not a region");
  });

  test("needs a provider to be named, as others can reach it", async () => {
    const { handler, failed } = await startInstance({});

    expect((await handler(live)).statusCode).toBe(500);
    expect(failed()).toContain("IDENTITY_PROVIDER: is required");
  });

  test("has sent its events before it is frozen", async () => {
    const receiver = await startWebhookReceiver();
    const { handler } = await startInstance({
      IDENTITY_PROVIDER: "memory",
      LOG_LEVEL: "silent",
      EVENT_WEBHOOK_URL: receiver.url,
      EVENT_WEBHOOK_SECRET: webhookSecret(),
    });
    const body = JSON.stringify({ username: email, password });
    const headers = { "content-type": "application/json" };

    await handler(functionUrlEvent({ method: "POST", path: "/v1/sign-in", headers, body }));

    expect(receiver.received.map((one) => JSON.parse(one.body))).toMatchObject([
      { type: "security.sign_in", data: { outcome: "failure", address: sourceIp } },
    ]);
    await receiver.close();
  });
});

import { randomBytes } from "node:crypto";
import { join } from "node:path";
import { afterEach, describe, expect, test } from "vitest";
import { computeSecretHash } from "../../src/cognito.ts";
import { passkeyVerifier } from "../adapters/webauthn/support.ts";
import { strictFeatures } from "../contract/cognito-strict-harness.ts";
import { makeFullPool } from "../contract/cognito-strict-pool.ts";
import { sums } from "../contract/question.ts";
import { awsCredentials } from "../support/cognito-pool.ts";
import { type StrictCognito, startStrictCognito } from "../support/cognito-strict.ts";
import { type RunningRuntime, startRuntime } from "../support/runtimes.ts";
import { startOtlpServer } from "../support/telemetry/otlp-server.ts";
import { startWebhookReceiver, webhookSecret } from "../support/webhook-receiver.ts";
import { cognitoEnvironment } from "./cognito-environment.ts";
import { createProbe, newAccount, type Probe } from "./probe.ts";
import { lastCode } from "./running-service.ts";
import { addApp, setSecondFactors } from "./second-factor-steps.ts";
import { secretsLeaked } from "./secrets.ts";
import { answer, beginWithPassword, finish } from "./sign-in-steps.ts";

const support = join(import.meta.dirname, "../support/telemetry");
const timeout = { timeout: 120_000 };
const endings: (() => Promise<unknown>)[] = [];

afterEach(async () => {
  for (const end of endings.splice(0).reverse()) await end();
});

const made = (length = 24) => randomBytes(length).toString("hex");

/** A service that is watched in every way that there is, and all that was told to whoever watches. */
interface Watched {
  readonly running: RunningRuntime;
  readonly probe: Probe;
  /** Everything that came out of it, by where. */
  told(): Promise<Readonly<Record<string, string>>>;
  /** Makes the next calls upstream fail, one after the other. */
  readonly breakUpstream: (() => void) | undefined;
}

async function watch(
  environment: Record<string, string>,
  codeFor: (url: string) => Probe["codeFor"],
  breakUpstream?: () => void,
): Promise<Watched> {
  const otlp = await startOtlpServer();
  const receiver = await startWebhookReceiver();
  const secrets = {
    METRICS_TOKEN: made(),
    EVENT_WEBHOOK_SECRET: webhookSecret(),
    ACCOUNT_HASH_SECRET: made(),
    SESSION_SECRETS: made(),
    INTROSPECTION_CLIENT_SECRET: made(),
  };
  const running = await startRuntime("node", {
    ...environment,
    ...secrets,
    INTROSPECTION_CLIENT_ID: "canary-client",
    LOG_LEVEL: "debug",
    METRICS: "on",
    TRACING: "on",
    EVENT_WEBHOOK_URL: receiver.url,
    OTEL_EXPORTER_OTLP_ENDPOINT: otlp.url,
    NODE_OPTIONS: ["register.mjs", "crash.mjs"]
      .map((file) => `--import ${join(support, file)}`)
      .join(" "),
  });
  endings.push(otlp.close, receiver.close, running.kill);
  const { url } = running;
  const kept = Object.values(environment).filter((value) => value.length >= 24);
  const probe = createProbe({
    url,
    codeFor: codeFor(url),
    promote: async () => undefined,
    output: running.output,
    secrets: [...Object.values(secrets), ...secretSettings(environment, kept)],
  });
  let page = "";
  return {
    running,
    probe,
    breakUpstream,
    async told() {
      const headers = { authorization: `Bearer ${secrets.METRICS_TOKEN}` };
      const answered = await fetch(`${url}/metrics`, { headers }).catch(() => undefined);
      if (answered) page = await answered.text();
      return {
        log: running.output().replaceAll(/^✉ .+ is \S+$/gm, ""),
        traces: otlp.text(),
        metrics: page,
        webhooks: receiver.received.map(({ body }) => body).join("\n"),
      };
    },
  };
}

/** The values of the settings that are secrets. */
function secretSettings(environment: Record<string, string>, long: readonly string[]) {
  return Object.entries(environment)
    .filter(([name, value]) => /SECRET/.test(name) && (long.includes(value) || value.length > 6))
    .map(([, value]) => value);
}

/** All that a user does, with each secret that there is, and each of them one of its own. */
async function live(
  probe: Probe,
): Promise<{ readonly username: string; readonly password: string }> {
  const { client, secrets } = probe;
  const account = await probe.register();
  const { username } = account;
  await client.POST("/v1/sign-in", { body: { username, password: `Wr0ng-${made(8)}!` } });
  const user = await probe.signIn(account);
  const headers = { authorization: `Bearer ${user.accessToken}` };
  await client.GET("/v1/me", { headers });
  await client.GET("/v1/session", { headers });
  await client.POST("/v1/token/refresh", { body: { refresh_token: user.refreshToken } });
  const app = await addApp(probe, user.accessToken);
  await setSecondFactors(probe, user.accessToken, { enabled: ["totp"], preferred: "totp" });
  const { session } = await beginWithPassword(probe, account, "totp");
  await answer(probe, { type: "totp", session, code: await app.wrongCode() });
  await finish(probe, { type: "totp", session, code: await app.nextCode() });
  const { data: recovery } = await client.POST("/v1/me/mfa/recovery-codes", { headers });
  for (const code of recovery?.codes ?? []) secrets.add(code);
  const lost = await beginWithPassword(probe, account, "totp");
  const [kept = ""] = recovery?.codes ?? [];
  await answer(probe, { type: "recovery_code", session: lost.session, code: kept });
  await setSecondFactors(probe, user.accessToken, { enabled: [] });
  const changed = `Ch4nged-${made(12)}!`;
  await client.POST("/v1/password/change", {
    headers,
    body: { current_password: account.password, new_password: changed },
  });
  await client.POST("/v1/password/forgot", { body: { username } });
  const code = await probe.codeFor(username, "password_reset");
  const password = `R3set-${made(12)}!`;
  await client.POST("/v1/password/reset", { body: { username, code, new_password: password } });
  // Tokens name the second that they are of: those of the one in which the password was reset are refused.
  await new Promise((resolve) => setTimeout(resolve, 1_100));
  const again = await probe.signIn({ ...account, password });
  await inBrowser(probe, { username, password });
  const basic = Buffer.from(`canary-client:${[...secrets].at(4)}`).toString("base64");
  secrets.add(basic);
  await probe.send("POST", "/v1/introspect", {
    headers: {
      authorization: `Basic ${basic}`,
      "content-type": "application/x-www-form-urlencoded",
    },
    body: new URLSearchParams({ token: again.accessToken }).toString(),
  });
  await client.POST("/v1/sign-out", { body: { refresh_token: again.refreshToken } });
  return { username, password };
}

/** A session whose tokens are in cookies. */
async function inBrowser({ url, secrets }: Probe, body: object): Promise<void> {
  const response = await fetch(`${url}/v1/sign-in`, {
    method: "POST",
    headers: { "content-type": "application/json", "portico-session": "cookie", origin: url },
    body: JSON.stringify(body),
  });
  expect(response.status, await response.clone().text()).toBe(200);
  const cookies = response.headers.getSetCookie().map((cookie) => cookie.split(";")[0] ?? "");
  expect(cookies.length).toBeGreaterThan(0);
  for (const cookie of cookies) secrets.add(cookie.slice(cookie.indexOf("=") + 1));
  const headers = { cookie: cookies.join("; "), "portico-session": "cookie", origin: url };
  await fetch(`${url}/v1/session`, { headers });
  await fetch(`${url}/v1/session`, { headers: { ...headers, cookie: `${headers.cookie}x` } });
}

/** Secrets in every place where none belongs, and in bodies that cannot be read. */
async function misbehave({ url, secrets }: Probe, username: string): Promise<void> {
  const password = `M4lformed-${made(8)}`;
  const token = `eyJhbGciOiJSUzI1NiJ9.${Buffer.from(made()).toString("base64url")}.${made()}`;
  for (const secret of [password, token]) secrets.add(secret);
  const json = { "content-type": "application/json" };
  const bodies = [
    `{"password":${password}}`,
    `{"username":"${username}","password":"${password}`,
    `${password}`,
    `["${password}"]`,
    `{"username":"${username}","password":{"a":"${password}"}}`,
    `{"username":"${username}","password":"${password}","${password}":1}`,
    `{"username":"${password}\\u0000","password":"x"}`,
  ];
  for (const body of bodies)
    await fetch(`${url}/v1/sign-in`, { method: "POST", headers: json, body });
  await fetch(`${url}/v1/sign-in`, { method: "POST", body: new URLSearchParams({ password }) });
  await fetch(`${url}/v1/sign-in?password=${password}`, { method: "POST" });
  await fetch(`${url}/v1/session?access_token=${token}`);
  await fetch(`${url}/v1/me/sessions/${token}`, { method: "DELETE" });
  await fetch(`${url}/${password}`);
  for (const authorization of [`Bearer ${token}`, `Bearer ${token} x`, `Basic ${token}`, token])
    await fetch(`${url}/v1/session`, { headers: { authorization } });
  await fetch(`${url}/v1/token/refresh`, {
    method: "POST",
    headers: json,
    body: JSON.stringify({ refresh_token: token }),
  });
  await fetch(`${url}/metrics`, { headers: { authorization: `Bearer ${token}` } });
  await fetch(`${url}/v1/session`, {
    headers: { "x-request-id": password, traceparent: password },
  });
}

/** Ends the service by an error that nobody caught, while a secret is on its way. */
async function crash({ running, probe }: Watched, account: object): Promise<void> {
  const signIn = fetch(`${running.url}/v1/sign-in`, {
    method: "POST",
    headers: { "content-type": "application/json" },
    body: JSON.stringify(account),
  });
  process.kill(running.pid, "SIGUSR2");
  const answered = await signIn.catch(() => undefined);
  const { tokens } = (await answered?.json().catch(() => ({}))) ?? {};
  for (const token of Object.values(tokens ?? {}))
    if (typeof token === "string" && token.length > 20) probe.secrets.add(token);
  await expect.poll(() => running.output(), { timeout: 15_000 }).toContain("unhandled_error");
}

async function tryAll(watched: Watched): Promise<void> {
  const { probe, running, breakUpstream } = watched;
  const account = await live(probe);
  await misbehave(probe, account.username);
  if (breakUpstream) {
    breakUpstream();
    for (let count = 0; count < 4; count += 1)
      await fetch(`${running.url}/v1/sign-in`, {
        method: "POST",
        headers: { "content-type": "application/json" },
        body: JSON.stringify(account),
      });
  }
  // The page is gone with the process.
  await watched.told();
  await crash(watched, account);
  const told = await watched.told();

  // Whoever watches was told something, and so much for each secret that there is.
  expect(told.log).toContain('"event":"sign_in"');
  expect(told.traces).toContain('"signIn"');
  expect(told.webhooks).toContain("security.sign_in");
  expect(told.metrics).toContain("portico_sign_ins_total");
  expect(probe.secrets.size).toBeGreaterThan(25);
  for (const [where, text] of Object.entries(told))
    expect(secretsLeaked(text, probe.secrets), `secrets in the ${where}`).toEqual([]);
  for (const [where, text] of Object.entries(told))
    expect(text.includes(account.username), `a user name in the ${where}`).toBe(false);
}

describe("no secret of a whole life is told to whoever watches", () => {
  test("in memory", timeout, async () => {
    const codeFor =
      (url: string): Probe["codeFor"] =>
      async (username, purpose) => {
        const answered = await fetch(`${url}/dev/outbox?username=${encodeURIComponent(username)}`);
        const { messages } = (await answered.json()) as {
          messages: Parameters<typeof lastCode>[0];
        };
        return lastCode(messages, purpose);
      };

    await tryAll(await watch({ IDENTITY_PROVIDER: "memory", DEV_OUTBOX: "true" }, codeFor));
  });

  test("on Amazon Cognito, upstream failures and all", timeout, async () => {
    const cognito = await startStrictCognito({
      issuerBase: "https://strict.test",
      customChallenge: sums,
      passkeys: passkeyVerifier(),
    });
    endings.push(cognito.close);
    const { environment, clientId, clientSecret, poolId } = await strictPlace(cognito);
    const challengeSecret = made();
    const watched = await watch(
      { ...environment, COGNITO_CHALLENGE_SECRET: challengeSecret },
      () => async (username, purpose) =>
        lastCode(cognito.server.outboxOf(poolId).messagesFor(username), purpose),
      () => {
        for (const kind of ["server_error", "malformed_answer", "throttling"] as const)
          cognito.server.faults.inject({ kind, times: 1 });
      },
    );
    const { register } = watched.probe;
    // Each call is made with a hash of the client's secret and the user's name.
    const probe: Probe = {
      ...watched.probe,
      async register(account = newAccount()) {
        watched.probe.secrets.add(
          await computeSecretHash(account.username, clientId, clientSecret),
        );
        return register(account);
      },
    };

    await tryAll({ ...watched, probe });
  });
});

async function strictPlace(cognito: StrictCognito) {
  const { poolId, client } = await makeFullPool(cognito, {
    hidesUsers: true,
    rotationGraceSeconds: 60,
  });
  const { id: clientId, secret: clientSecret = "" } = client;
  const place = { poolId, clientId, clientSecret, endpoint: cognito.endpoint };
  return {
    poolId,
    clientId,
    clientSecret,
    environment: {
      ...cognitoEnvironment({ ...place, issuer: "", jwksUri: "" }),
      AWS_SECRET_ACCESS_KEY: awsCredentials.secretAccessKey,
      COGNITO_REFRESH_FLOW: "GET_TOKENS_FROM_REFRESH_TOKEN",
      COGNITO_FEATURES: strictFeatures.join(),
      COGNITO_TIMEOUT_MS: "20000",
    },
  };
}

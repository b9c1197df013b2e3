import { afterEach, beforeEach, describe, expect, test } from "vitest";
import {
  anyCredentials,
  makeClient,
  makePool,
  type StrictCognito,
  startStrictCognito,
  strictRegion,
} from "../support/cognito-strict.ts";
import { layLine } from "../support/line.ts";
import { describeWithRedis } from "../support/redis.ts";
import { describeOnRuntime, type RunningRuntime, startRuntime } from "../support/runtimes.ts";
import { freePort } from "../support/server-process.ts";
import { administratorGroup } from "./administrator.ts";
import { administratorOf } from "./administrator-steps.ts";
import { strictEnvironment } from "./cognito-environment.ts";
import { expectProblem } from "./expectations.ts";
import { bearer, createProbe, type Probe } from "./probe.ts";
import { putIntoGroup } from "./running-service.ts";

/** How long a sign-out may go unnoticed elsewhere, in milliseconds: a copy's age, and a second for a busy machine. */
const noticed = { timeout: 2000 + 1000, interval: 100 };

/** What is set besides the list. */
type Settings = Readonly<Record<string, string>>;

describe("services that share a list of revocations", () => {
  let cognito: StrictCognito;
  let poolId: string;
  let environment: Settings;
  const running: RunningRuntime[] = [];

  beforeEach(async () => {
    cognito = await startStrictCognito();
    poolId = await makePool(cognito, {
      UsernameAttributes: ["email"],
      AutoVerifiedAttributes: ["email"],
    });
    const client = await makeClient(cognito, poolId, {
      ExplicitAuthFlows: ["ALLOW_ADMIN_USER_PASSWORD_AUTH", "ALLOW_REFRESH_TOKEN_AUTH"],
    });
    const { endpoint } = cognito;
    environment = {
      ...strictEnvironment({
        endpoint,
        poolId,
        client,
        issuerBase: `https://cognito-idp.${strictRegion}.amazonaws.com`,
      }),
      AWS_ACCESS_KEY_ID: anyCredentials.accessKeyId,
      AWS_SECRET_ACCESS_KEY: anyCredentials.secretAccessKey,
      ADMIN_GROUPS: administratorGroup,
    };
  });
  afterEach(async () => {
    await Promise.all(running.splice(0).map((service) => service.kill()));
    await cognito?.close();
  });

  function probeOf(url: string): Probe {
    const outbox = cognito.server.outboxOf(poolId);
    const codeFor = async (username: string) => outbox.messagesFor(username).at(-1)?.code ?? "";
    const promote = (username: string) => putIntoGroup(cognito.sdk, poolId, username);
    return createProbe({ url, codeFor, promote, secrets: [], output: () => "" });
  }

  async function start(...[name, env, options]: Parameters<typeof startRuntime>) {
    const service = await startRuntime(name, { ...environment, ...env }, options);
    running.push(service);
    return service;
  }

  /** Ends sessions at one service, and sees the other refuse their access tokens. */
  async function expectToBeNoticed(here: Probe, there: Probe): Promise<void> {
    const [first, second, third] = await Promise.all(
      [here, here, here].map(async (probe) => probe.signIn(await probe.register())),
    );
    if (!first || !second || !third) return expect.fail("three users are signed in");
    const users = [first, second, third];
    for (const { accessToken } of users) expect(await codeAt(there, accessToken)).toBe("200 ");
    const administrator = await administratorOf(here);

    const answers = await Promise.all([
      here.post("/v1/sign-out", { refresh_token: first.refreshToken }, first.accessToken),
      here.send("POST", "/v1/sign-out/everywhere", { headers: bearer(second.accessToken) }),
      here.send("POST", `/v1/admin/users/${encodeURIComponent(third.username)}/disable`, {
        headers: bearer(administrator),
      }),
    ]);

    expect(answers.map(({ status }) => status)).toEqual([204, 204, 204]);
    for (const { accessToken } of users)
      await expect.poll(() => codeAt(there, accessToken), noticed).toBe("401 token_revoked");
    expect(await codeAt(there, administrator)).toBe("200 ");
  }

  for (const runtime of ["node", "deno", "bun"] as const) {
    describeOnRuntime(runtime, `two processes of ${runtime}`, () => {
      describeWithRedis("on one Redis", (url) => {
        test("refuse within seconds what the other ended", async () => {
          const redis = { REVOCATION_LIST: "redis", REDIS_URL: url };
          const [here, there] = await Promise.all([start(runtime, redis), start(runtime, redis)]);

          await expectToBeNoticed(probeOf(here.url), probeOf(there.url));
        });
      });
    });
  }

  describeOnRuntime("worker", "two isolates of a Worker", () => {
    test("on one Durable Object refuse within seconds what the other ended", async () => {
      const twinPort = await freePort();
      const settings = { REVOCATION_LIST: "durable-object" };

      const { url } = await start("worker", settings, { twinPort });

      await expectToBeNoticed(probeOf(url), probeOf(`http://127.0.0.1:${twinPort}`));
    });

    test("do not start on Redis, nor on what is not bound", async () => {
      for (const [settings, name] of [
        [{ REVOCATION_LIST: "redis", REDIS_URL: "redis://127.0.0.1" }, "REVOCATION_LIST: "],
        [{ REVOCATION_LIST: "kv" }, "REVOCATIONS: "],
      ] as const) {
        const isReady = (url: string) =>
          fetch(url).then(
            () => true,
            () => false,
          );
        const service = await start("worker", settings, { isReady });

        const answer = await probeOf(service.url).send("GET", "/health/live");

        expectProblem(answer, 500, "provider_misconfigured");
        expect(service.output()).toContain(name);
      }
    });
  });

  describeWithRedis("a service whose Redis is gone", (url) => {
    async function startOnLine(settings: Settings) {
      const line = await layLine(url);
      const service = await start("node", {
        REVOCATION_LIST: "redis",
        REDIS_URL: line.url,
        REVOCATION_LIST_STALE_SECONDS: "0",
        ...settings,
      });
      const probe = probeOf(service.url);
      return { line, service, probe, user: await probe.signIn(await probe.register()) };
    }

    test("takes access tokens all the same, says so in its log, and claims no sign-out", async () => {
      const { line, service, probe, user } = await startOnLine({});
      const path = "/v1/sign-out/everywhere";
      const headers = bearer(user.accessToken);
      expect(await codeAt(probe, user.accessToken)).toBe("200 ");
      await line.cut();

      const signedOut = await probe.send("POST", path, { headers });
      const ask = async () => {
        await codeAt(probe, user.accessToken);
        return service.output();
      };
      await expect.poll(ask, noticed).toContain('"event":"revocation_list"');

      expectProblem(signedOut, 503, "provider_unavailable");
      expect(signedOut.headers.get("retry-after")).toMatch(/^\d+$/);
      expect(await codeAt(probe, user.accessToken)).toBe("200 ");
      expect(service.output()).not.toContain(new URL(line.url).host);

      await line.mend();
      await expect
        .poll(
          async () => {
            await probe.send("POST", path, { headers });
            return codeAt(probe, user.accessToken);
          },
          { timeout: 8000 },
        )
        .toBe("401 token_revoked");
      await line.cut();
    });

    test("takes none where it is told to refuse, and says when to try again", async () => {
      const { line, probe, user } = await startOnLine({ REVOCATION_LIST_UNAVAILABLE: "refuse" });
      await line.cut();

      await expect
        .poll(() => codeAt(probe, user.accessToken), noticed)
        .toBe("503 provider_unavailable");
    });
  });
});

async function codeAt(probe: Probe, accessToken: string): Promise<string> {
  const answer = await probe.send("GET", "/v1/session", { headers: bearer(accessToken) });
  const { code = "" } = answer.status === 200 ? {} : JSON.parse(answer.body);
  return `${answer.status} ${code}`;
}

import { afterAll, beforeAll, expect, test } from "vitest";
import { type CognitoUpstream, startCognitoUpstream } from "../support/cognito-upstream.ts";
import { type CognitoReply, sickness, wellAnswers } from "../support/cognito-upstream-answers.ts";
import { describeOnRuntime, type RuntimeName, startRuntime } from "../support/runtimes.ts";
import { timed } from "../support/timed.ts";
import { cognitoEnvironment } from "./cognito-environment.ts";
import { expectProblem } from "./expectations.ts";
import { bearer, createProbe, type HttpTarget, newAccount, type Probe } from "./probe.ts";
import { canary, providerFaults } from "./provider-faults.ts";
import { giveawaysIn, secretsLeaked } from "./secrets.ts";
import { createGate, type Gate, startTokenIssuer, type TokenIssuer } from "./sick-upstream.ts";

const pool = {
  poolId: "us-east-1_Sick",
  clientId: "sickclient1",
  clientSecret: "client-secret-never-told",
};

/** Runs the service on a provider that is sick in every way, and on keys that are not to be had. */
export function sickUpstreamSuite(runtime: RuntimeName): void {
  describeOnRuntime(runtime, `${runtime} on a sick provider`, () => {
    let place: SickPlace;
    let probe: Probe;
    const signIn = () => probe.post("/v1/sign-in", { username: "ada", password: canary });
    const script = (operation: string, reply: CognitoReply) =>
      place.upstream.script(operation, reply);

    beforeAll(async () => {
      place = await startOnSickUpstream(runtime);
      probe = createProbe(place);
    });
    afterAll(() => place?.stop());

    test("looks at the pool as it starts, but on Workers, and goes on where it cannot", async () => {
      const described = () =>
        place.upstream.requests
          .map(({ operation }) => operation)
          .filter((operation) => operation.startsWith("Describe"))
          .sort();
      const asked = runtime === "worker" ? [] : ["DescribeUserPool", "DescribeUserPoolClient"];

      await expect.poll(described, { timeout: 10_000 }).toEqual(asked);
      await expect
        .poll(
          () =>
            place.output().match(/"event":"provider_set_up","outcome":"not_checked"/g)?.length ?? 0,
        )
        .toBe(asked.length);
    });

    test("cannot tell good tokens from bad without the keys, says so, and heals", async () => {
      const token = await place.issuer.accessToken(pool.clientId);
      const session = () => probe.send("GET", "/v1/session", { headers: bearer(token) });

      expectProblem(await session(), 503, "keys_unavailable");
      expectProblem(await probe.send("GET", "/health/ready"), 503, "keys_unavailable");
      expect((await probe.send("GET", "/health/live")).status).toBe(200);

      await place.keys.open();
      await expect.poll(async () => (await session()).status, { timeout: 15_000 }).toBe(200);
      expect((await probe.send("GET", "/health/ready")).status).toBe(200);

      // The keys at hand are good for longer than the place that they came from.
      await place.keys.close();
      expect((await session()).status).toBe(200);
    });

    test.each(Object.entries(providerFaults))(
      "blames nobody when the provider %s",
      async (_, fault) => {
        const { reply, status, code } = fault;
        script("AdminInitiateAuth", reply);
        expectProblem(await signIn(), status, code);

        script("AdminInitiateAuth", well("AdminInitiateAuth"));
        expect((await signIn()).status).toBe(200);
      },
    );

    // @see https://www.rfc-editor.org/rfc/rfc9110#section-9.2.2
    test("makes a call once, where a connection that was kept is reset as well", async () => {
      const { username } = newAccount();
      script("SignUp", sickness.resets);
      for (let round = 0; round < 5; round += 1) {
        expect((await probe.post("/v1/sign-up/resend", { username })).status).toBe(202);
        const before = place.upstream.requests.length;
        expectProblem(await probe.post("/v1/sign-up", newAccount()), 503, "provider_unavailable");
        const made = place.upstream.requests.slice(before).map(({ operation }) => operation);
        expect(made).toEqual(["SignUp"]);
      }
    });

    test("waits for a provider that hangs or drips for less than 5 s", timed, async () => {
      script("AdminInitiateAuth", sickness.hangs);
      script("SignUp", sickness.drips);
      const started = performance.now();

      const answers = await Promise.all([signIn(), probe.post("/v1/sign-up", newAccount())]);

      expect(performance.now() - started).toBeLessThan(5_000);
      for (const answer of answers) expectProblem(answer, 504, "provider_timeout");
      script("AdminInitiateAuth", well("AdminInitiateAuth"));
      expect((await signIn()).status).toBe(200);
    });

    test("leaves a provider that keeps failing alone, and only in that, until it is well", async () => {
      const signUp = () => probe.post("/v1/sign-up", newAccount());
      const signUps = () =>
        place.upstream.requests.filter(({ operation }) => operation === "SignUp").length;
      const token = await place.issuer.accessToken(pool.clientId);
      script("SignUp", sickness.answersNothingAs500);
      for (let tries = 0; tries < 20; tries += 1)
        expectProblem(await signUp(), 503, "provider_unavailable");

      const before = signUps();
      const spared = await Promise.all(Array.from({ length: 20 }, signUp));

      for (const answer of spared) {
        expectProblem(answer, 503, "provider_unavailable");
        expect(Number(answer.headers.get("Retry-After"))).toBeLessThanOrEqual(5);
      }
      expect(signUps()).toBe(before);
      expect((await signIn()).status).toBe(200);
      const session = await probe.send("GET", "/v1/session", { headers: bearer(token) });
      expect(session.status).toBe(200);

      script("SignUp", well("SignUp"));
      await expect.poll(async () => (await signUp()).status, { timeout: 10_000 }).toBe(201);
      for (const state of ["open", "closed"]) {
        const line = `"event":"upstream_breaker","category":"user_creation","state":"${state}"`;
        await expect.poll(place.output, { timeout: 5_000 }).toContain(line);
      }
    });

    test("says that a provider which is down is unavailable, and heals", async () => {
      await place.cognito.close();
      expectProblem(await signIn(), 503, "provider_unavailable");
      expect((await probe.send("GET", "/health/live")).status).toBe(200);

      await place.cognito.open();
      expect((await signIn()).status).toBe(200);
    });

    test("has told its log no secret of all this", () => {
      const inputs = place.upstream.requests.map(({ input }) => JSON.stringify(input));
      const sent = inputs.flatMap((input) => [...input.matchAll(/"SECRET_?HASH":"(.+?)"/gi)]);
      const hashes = sent.map(([, hash = ""]) => hash);
      expect(hashes.length).toBeGreaterThan(0);
      expect(secretsLeaked(place.output(), [...probe.secrets, ...hashes])).toEqual([]);
      expect(giveawaysIn(place.output())).toEqual([]);
    });
  });
}

interface SickPlace extends HttpTarget {
  readonly upstream: CognitoUpstream;
  readonly issuer: TokenIssuer;
  /** The way to the provider, open at first. */
  readonly cognito: Gate;
  /** The way to its keys, closed at first. */
  readonly keys: Gate;
  stop(): Promise<void>;
}

async function startOnSickUpstream(runtime: RuntimeName): Promise<SickPlace> {
  const upstream = await startCognitoUpstream(pool);
  const issuer = await startTokenIssuer();
  const cognito = await createGate(upstream.endpoint);
  const keys = await createGate(issuer.url);
  await cognito.open();
  const environment = cognitoEnvironment({
    ...pool,
    endpoint: cognito.url,
    issuer: issuer.issuer,
    jwksUri: `${keys.url}/jwks.json`,
  });
  const service = await startRuntime(runtime, { ...environment, LOG_LEVEL: "debug" });
  return {
    url: service.url,
    secrets: [pool.clientSecret, canary],
    codeFor: async () => expect.fail("nothing is sent here"),
    promote: async () => expect.fail("nobody is there"),
    output: service.output,
    upstream,
    issuer,
    cognito,
    keys,
    async stop() {
      await service.stop();
      await Promise.all([cognito.close(), keys.close(), upstream.stop(), issuer.stop()]);
    },
  };
}

function well(operation: string): CognitoReply {
  return wellAnswers[operation] ?? expect.fail(`${operation} has an answer`);
}

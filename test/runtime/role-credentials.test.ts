import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { createServer, type IncomingMessage, type ServerResponse } from "node:http";
import type { AddressInfo } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { afterAll, beforeAll, expect, onTestFinished, test, vi } from "vitest";
import {
  makeClient,
  makePool,
  type StrictCognito,
  startStrictCognito,
} from "../support/cognito-strict.ts";
import { runPortico } from "../support/run-portico.ts";
import { describeOnRuntime, type RuntimeName, startRuntime } from "../support/runtimes.ts";
import { strictEnvironment } from "./cognito-environment.ts";

vi.setConfig({ testTimeout: 90_000 });

const folder = mkdtempSync(join(tmpdir(), "portico-role-"));
const tokenFile = join(folder, "token");
writeFileSync(tokenFile, "the-pod's-token");
writeFileSync(
  join(folder, "profiles"),
  "[team]\naws_access_key_id = OFPROFILE\naws_secret_access_key = secret\n",
);

let cognito: StrictCognito;
let pool: Readonly<Record<string, string>>;
let upstream: string;
/** The access key ids that calls to Cognito were signed with, and the session tokens that came along. */
const signers: (string | undefined)[] = [];

beforeAll(async () => {
  cognito = await startStrictCognito();
  const poolId = await makePool(cognito, {});
  const client = await makeClient(cognito, poolId, {
    ExplicitAuthFlows: ["ALLOW_ADMIN_USER_PASSWORD_AUTH"],
  });
  // Before the strict server, so that it is seen who signs.
  upstream = await listen(async (request, response) => {
    const body = await bodyOf(request);
    const headers = new Headers(request.headers as Record<string, string>);
    const keyId = /Credential=([^/]+)/.exec(headers.get("authorization") ?? "")?.[1];
    const target = headers.get("x-amz-target") ?? "";
    if (target.endsWith("AdminInitiateAuth"))
      signers.push(`${keyId} ${headers.get("x-amz-security-token")}`);
    headers.delete("content-length");
    headers.delete("connection");
    const answer = await fetch(cognito.endpoint + request.url, { method: "POST", headers, body });
    response.writeHead(answer.status, Object.fromEntries(answer.headers)).end(await answer.text());
  });
  const {
    AWS_ACCESS_KEY_ID: _id,
    AWS_SECRET_ACCESS_KEY: _secret,
    ...rest
  } = strictEnvironment({
    endpoint: upstream,
    poolId,
    client,
    issuerBase: cognito.endpoint,
  });
  pool = { ...rest, COGNITO_CREDENTIALS: "chain", LOG_LEVEL: "debug" };
});

afterAll(async () => {
  await cognito.close();
  rmSync(folder, { recursive: true });
});

type Answer = (request: IncomingMessage, response: ServerResponse) => unknown;

/** Starts a stand-in, and gives its address. */
async function listen(answer: Answer): Promise<string> {
  const server = createServer(answer).listen(0, "127.0.0.1");
  await new Promise((resolve) => server.once("listening", resolve));
  afterAll(() => void server.close());
  return `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
}

async function bodyOf(request: IncomingMessage): Promise<string> {
  let body = "";
  for await (const part of request.setEncoding("utf8")) body += part;
  return body;
}

/** The form in which ECS, EKS and EC2 hand out credentials. */
function handedOut(id: string, lifeSeconds = 3600) {
  const Expiration = new Date(Date.now() + lifeSeconds * 1000).toISOString();
  return { AccessKeyId: id, SecretAccessKey: "secret", Token: `${id}-session`, Expiration };
}

/** Starts the service with the pool, and signs in nobody in particular: it is asked who signed. */
async function startService(runtime: RuntimeName, env: Readonly<Record<string, string>>) {
  const service = await startRuntime(runtime, { ...pool, ...env });
  onTestFinished(async () => void (await service.kill()));
  async function signIn(): Promise<{ readonly status: number; readonly code: unknown }> {
    const response = await fetch(`${service.url}/v1/sign-in`, {
      method: "POST",
      headers: { "Content-Type": "application/json" },
      body: JSON.stringify({
        username: `${crypto.randomUUID()}@example.com`,
        password: "Wrong-horse-7",
      }),
    });
    const { code } = (await response.json()) as { code: unknown };
    return { status: response.status, code };
  }
  signers.length = 0;
  return { ...service, signIn };
}

const refusedByCognito = { status: 401, code: "invalid_credentials" };

/** Each place that a role's credentials come from, by the variables that AWS sets there. */
const places: Readonly<Record<string, () => Promise<Readonly<Record<string, string>>>>> = {
  "a task of ECS": async () => ({
    AWS_CONTAINER_CREDENTIALS_FULL_URI: `${await listen((request, response) => {
      const isKnown = request.headers.authorization === "the-task";
      response.writeHead(isKnown ? 200 : 403).end(JSON.stringify(handedOut("OFPLACE")));
    })}/task`,
    AWS_CONTAINER_AUTHORIZATION_TOKEN: "the-task",
  }),
  "a pod of EKS": async () => ({
    AWS_CONTAINER_CREDENTIALS_FULL_URI: `${await listen((request, response) => {
      const isKnown = request.headers.authorization === "the-pod's-token";
      response.writeHead(isKnown ? 200 : 403).end(JSON.stringify(handedOut("OFPLACE")));
    })}/v1/credentials`,
    AWS_CONTAINER_AUTHORIZATION_TOKEN_FILE: tokenFile,
  }),
  "an instance of EC2": async () => ({
    AWS_EC2_METADATA_SERVICE_ENDPOINT: await listen((request, response) => {
      const path = "/latest/meta-data/iam/security-credentials/";
      if (request.method === "PUT") return response.end("session-of-imds");
      // The second version alone: a request without its token gets nothing.
      if (request.headers["x-aws-ec2-metadata-token"] !== "session-of-imds")
        return response.writeHead(401).end();
      if (request.url === path) return response.end("a-role");
      if (request.url === `${path}a-role`)
        return response.end(JSON.stringify({ Code: "Success", ...handedOut("OFPLACE") }));
      return response.writeHead(404).end();
    }),
  }),
  "a web identity": async () => ({
    AWS_ROLE_ARN: "arn:aws:iam::111122223333:role/portico",
    AWS_WEB_IDENTITY_TOKEN_FILE: tokenFile,
    AWS_REGION: "us-east-1",
    AWS_ENDPOINT_URL_STS: await listen(async (request, response) => {
      const asked = new URLSearchParams(await bodyOf(request));
      const isKnown =
        asked.get("Action") === "AssumeRoleWithWebIdentity" &&
        asked.get("WebIdentityToken") === "the-pod's-token";
      const { AccessKeyId, SecretAccessKey, Token, Expiration } = handedOut("OFPLACE");
      response
        .writeHead(isKnown ? 200 : 403, { "Content-Type": "text/xml" })
        .end(
          `<AssumeRoleWithWebIdentityResponse xmlns="https://sts.amazonaws.com/doc/2011-06-15/"><AssumeRoleWithWebIdentityResult><Credentials><AccessKeyId>${AccessKeyId}</AccessKeyId><SecretAccessKey>${SecretAccessKey}</SecretAccessKey><SessionToken>${Token}</SessionToken><Expiration>${Expiration}</Expiration></Credentials></AssumeRoleWithWebIdentityResult></AssumeRoleWithWebIdentityResponse>`,
        );
    }),
  }),
};

const noMetadata = { AWS_EC2_METADATA_DISABLED: "true" };

for (const runtime of ["node", "bun"] as const) {
  describeOnRuntime(runtime, `the credentials of a role on ${runtime}`, () => {
    test.each(Object.keys(places))("come from %s", async (place) => {
      const { signIn } = await startService(runtime, (await places[place]?.()) ?? {});

      expect(await signIn()).toEqual(refusedByCognito);
      expect(signers).toEqual(["OFPLACE OFPLACE-session"]);
    });

    test("are got anew before they expire, and kept for as long as they are good", async () => {
      const expiresAt = new Map<string, number>();
      let lifeSeconds = 2;
      const uri = await listen((_request, response) => {
        const id = `ROTATED${expiresAt.size + 1}`;
        expiresAt.set(id, Date.now() + lifeSeconds * 1000);
        response.end(JSON.stringify(handedOut(id, lifeSeconds)));
      });
      const { signIn } = await startService(runtime, { AWS_CONTAINER_CREDENTIALS_FULL_URI: uri });

      const expired: string[] = [];
      for (let count = 0; count < 10; count += 1) {
        const at = Date.now();
        await signIn();
        const id = signers.at(-1)?.split(" ")[0] ?? "";
        if ((expiresAt.get(id) ?? 0) < at) expired.push(id);
        await sleep(500);
      }
      const rotations = expiresAt.size;
      lifeSeconds = 3600;
      await sleep(2_000);
      for (let count = 0; count < 3; count += 1) await signIn();

      expect(expired).toEqual([]);
      expect(rotations).toBeGreaterThan(2);
      expect(expiresAt.size).toBe(rotations + 1);
      expect(new Set(signers.slice(-3))).toEqual(
        new Set([`ROTATED${expiresAt.size} ROTATED${expiresAt.size}-session`]),
      );
    });
  });
}

describeOnRuntime("node", "the credentials of a chain", () => {
  test("are those of a profile, or of the variables as ever", async () => {
    const profile = { AWS_SHARED_CREDENTIALS_FILE: join(folder, "profiles"), AWS_PROFILE: "team" };
    const ofProfile = await startService("node", { ...profile, ...noMetadata });
    await ofProfile.signIn();
    const seen = [...signers];
    const variables = { AWS_ACCESS_KEY_ID: "OFVARIABLES", AWS_SECRET_ACCESS_KEY: "secret" };
    const ofVariables = await startService("node", { ...variables, ...noMetadata });
    await ofVariables.signIn();

    expect([...seen, ...signers]).toEqual(["OFPROFILE null", "OFVARIABLES null"]);
  });

  test("that has none are a fault of the set-up, which no caller is told more of", async () => {
    const { signIn, output } = await startService("node", noMetadata);

    expect(await signIn()).toEqual({ status: 500, code: "provider_misconfigured" });
    expect(signers).toEqual([]);
    await vi.waitFor(() => expect(output()).toContain("Could not load credentials"));
  });

  test("are what the check asks with, which ends with 2 where there are none", async () => {
    const good = await runPortico(["check", "--json"], {
      env: { ...pool, ...(await places["a task of ECS"]?.()) },
    });
    const none = await runPortico(["check", "--json"], { env: { ...pool, ...noMetadata } });

    expect(good.out).not.toContain("not_checked");
    expect(none.status).toBe(2);
    expect(none.out).toContain("there are no AWS credentials");
  });
});

describeOnRuntime("deno", "a chain on deno", () => {
  test("is a fault of the settings", async () => {
    const start = startRuntime("deno", { ...pool });

    await expect(start).rejects.toThrow("COGNITO_CREDENTIALS: chain is the AWS SDK's");
  });
});

describeOnRuntime("worker", "a chain on workerd", () => {
  test("is a fault of the settings", async () => {
    const { output, kill, url } = await startRuntime(
      "worker",
      { ...pool },
      {
        bundle: "cognito",
        isReady: (at) =>
          fetch(at).then(
            () => true,
            () => false,
          ),
      },
    );
    const response = await fetch(`${url}/v1/session`);
    await kill();

    expect(response.status).toBe(500);
    expect(output()).toContain("COGNITO_CREDENTIALS: chain is the AWS SDK's");
  });
});

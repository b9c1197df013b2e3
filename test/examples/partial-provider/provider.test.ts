import { Buffer } from "node:buffer";
import { once } from "node:events";
import { readFileSync } from "node:fs";
import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { join } from "node:path";
import { beforeAll, describe, expect, onTestFinished, test } from "vitest";
import { createApp } from "../../../src/http/app.ts";
import { openApiDocument } from "../../../src/http/openapi/document.ts";
import { operations } from "../../../src/http/operations.ts";
import { givenUser } from "../../../src/testing/identity-provider/steps/account-steps.ts";
import {
  type IdentityProviderHarness,
  identityProviderContract,
  type NewUser,
  planContract,
} from "../../../src/testing/index.ts";
import { checkAnswer } from "../../http/contract-check.ts";
import { startHarness } from "./harness.ts";
import { acmeFromEnv } from "./index.ts";
import { limits } from "./limits.ts";

interface Media {
  readonly examples: Readonly<Record<string, { readonly $ref: string }>>;
}

interface Document {
  readonly paths: Readonly<
    Record<
      string,
      Record<string, { readonly requestBody?: { readonly content: Record<string, Media> } }>
    >
  >;
  readonly components: { readonly examples: Readonly<Record<string, { readonly value: unknown }>> };
}

/** The operations that a service has of itself, or with a provider of any kind. */
const always = [
  "signIn",
  "refreshTokens",
  "getCapabilities",
  "getSession",
  "introspectToken",
  "revokeToken",
  "getJwks",
  "getProtectedResourceMetadata",
  "getLiveness",
  "getReadiness",
  "getMetrics",
];

const document: Document = JSON.parse(JSON.stringify(openApiDocument()));
const asked = Object.entries(operations).filter(([name]) => !always.includes(name));

describe("a provider that signs in and refreshes", () => {
  let harness: IdentityProviderHarness;
  let user: NewUser;
  let app: ReturnType<typeof createApp>;
  beforeAll(async () => {
    harness = await startHarness();
    user = await givenUser(harness);
    const { identity, tokens, keys, controls } = harness;
    const events = { record: () => undefined };
    const administrators = { groups: [], scopes: ["openid"] };
    app = createApp(
      { identity, tokens, keys, events, clock: controls.clock ?? Date },
      { administrators },
    );
  });

  async function send(method: string, path: string, body: unknown, token = "") {
    const response = await app.request(path, {
      method: method.toUpperCase(),
      headers: {
        ...(body !== undefined && { "Content-Type": "application/json" }),
        ...(token !== "" && { Authorization: `Bearer ${token}` }),
      },
      ...(body !== undefined && { body: JSON.stringify(body) }),
    });
    const text = await response.text();
    checkAnswer(method, path, response, text);
    return { status: response.status, body: JSON.parse(text) };
  }

  async function signIn() {
    const { username, password } = user;
    const { body } = await send("post", "/v1/sign-in", { username, password });
    return body.tokens;
  }

  test("is written in 120 lines at most", () => {
    const sources = ["identity-provider.ts", "attempts.ts", "token-issuer.ts"].map((name) =>
      readFileSync(join(import.meta.dirname, name), "utf8"),
    );

    const lines = sources.flatMap((source) => source.trimEnd().split("\n"));

    expect(lines.length).toBeLessThanOrEqual(120);
  });

  test("has no gap, and is out of reach of a case for what it does not declare or replace", () => {
    const planned = planContract(identityProviderContract, limits);
    const kinds = Map.groupBy(planned, ({ kind }) => kind);
    const reasons = planned.map((entry) => ("reason" in entry ? entry.reason : ""));
    const others = reasons.filter((reason) => !/^$|, not among its capabilities$/.test(reason));

    expect(kinds.get("gap")).toBeUndefined();
    expect(kinds.get("promise")?.length).toBeGreaterThanOrEqual(50);
    expect(new Set(others)).toEqual(
      new Set([
        'needs the control "rotation": refresh tokens are not replaced here',
        'needs the control "hashing": the provider hashes nothing by itself',
      ]),
    );
  });

  test("signs in and refreshes over HTTP", async () => {
    const { access_token, refresh_token } = await signIn();

    const refreshed = await send("post", "/v1/token/refresh", { refresh_token });
    const session = await send("get", "/v1/session", undefined, access_token);

    expect([refreshed.status, session.status]).toEqual([200, 200]);
    expect(session.body.username).toBe(user.username);
  });

  test.each(asked)("answers %s with 501 not_supported", async (_name, { method, path }) => {
    const { access_token } = await signIn();
    const filled = path.replaceAll(/\{name\}/g, "email").replaceAll(/\{\w+\}/g, "anyone");

    const { status, body } = await send(method, filled, exampleFor(method, path), access_token);

    expect([status, body.code]).toEqual([501, "not_supported"]);
  });
});

describe("its module", () => {
  const shared = { clock: Date, isRevoked: () => false, print: () => undefined };
  const ada = { id: "7", username: "ada" };
  const answers: Readonly<Record<string, [number, unknown]>> = {
    '/authenticate {"username":"ada","password":"Correct-Horse-7"}': [200, ada],
    '/find {"id":"7"}': [200, ada],
    '/authenticate {"username":"broken","password":"Correct-Horse-7"}': [200, { id: 7 }],
  };

  /** Starts a directory, and the provider that is set up for it. */
  async function start() {
    const server = createServer(async (request, response) => {
      const body = Buffer.concat(await request.toArray()).toString();
      const [status, answer] = answers[`${request.url} ${body}`] ?? [404, undefined];
      response.writeHead(status).end(JSON.stringify(answer));
    }).listen(0, "127.0.0.1");
    await once(server, "listening");
    const close = () => {
      server.close();
      server.closeAllConnections();
    };
    onTestFinished(close);
    const { port } = server.address() as AddressInfo;
    const read = acmeFromEnv.read({ ACME_DIRECTORY_URL: `http://127.0.0.1:${port}/` });
    if (!read.ok) throw new Error(read.faults.join());
    return { ...read.value(shared), close };
  }

  test("makes a provider whose tokens its verifier takes", async () => {
    const { identity, tokens } = await start();

    const result = await identity.signIn({ username: "ada", password: "Correct-Horse-7" });
    if (result.status !== "signed_in") throw new Error("a challenge came");
    const { accessToken } = await identity.refresh({
      refreshToken: result.tokens.refreshToken ?? "",
    });

    await expect(tokens.verify(accessToken)).resolves.toMatchObject({ username: "ada" });
  });

  test("blames the directory for its faults, and nobody for being unknown", async () => {
    const { identity, close } = await start();
    const signIn = (username: string) =>
      identity.signIn({ username, password: "Correct-Horse-7" }).then(
        () => "signed in",
        ({ code }) => code,
      );

    expect(await signIn("nobody")).toBe("invalid_credentials");
    expect(await signIn("broken")).toBe("provider_unavailable");
    close();
    expect(await signIn("ada")).toBe("provider_unavailable");
  });

  test.each([undefined, "http://directory.example/", "https://directory.example"])(
    "does not start on the address %s",
    (url) => {
      const { ok, ...rest } = acmeFromEnv.read({ ACME_DIRECTORY_URL: url });

      expect(ok).toBe(false);
      expect(rest).toMatchObject({ faults: [expect.stringMatching(/^ACME_DIRECTORY_URL: /)] });
    },
  );
});

/** Gives the body that the document shows for an operation, if it takes one. */
function exampleFor(method: string, path: string): unknown {
  const content = document.paths[path]?.[method]?.requestBody?.content["application/json"];
  const [example] = Object.values(content?.examples ?? {});
  const name = example?.$ref.split("/").at(-1) ?? "";
  return document.components.examples[name]?.value;
}

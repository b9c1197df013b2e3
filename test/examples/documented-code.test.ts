import { existsSync, globSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { Hono } from "hono";
import { describe, expect, test } from "vitest";
import { parse } from "yaml";
import { root } from "../../scripts/native.mjs";
import { bearerAuth } from "../../src/hono.ts";
import * as jwt from "../../src/jwt.ts";
import { createMemoryRevocationList } from "../../src/memory.ts";
import { readSession } from "../../src/session.ts";
import { createCognitoServer } from "../../src/testing.ts";
import { accessToken, tokenVerifier } from "../http/bearer/protected-api.ts";
import { codeOf, runFragment } from "../support/page-code.ts";
import { documentedCode } from "./documented-code.ts";
import { createService } from "./in-a-test.ts";

const pages = [
  "README.md",
  "skills/portico/SKILL.md",
  ...globSync("docs/*.md", { cwd: root }),
].filter((page) => codeOf(page).length > 0);

/** The one block of a page that has some words in it. */
function blockWith(page: string, words: string) {
  const found = codeOf(page).filter(({ text }) => text.includes(words));
  const [block] = found;
  if (!block || found.length > 1)
    throw new Error(`${page} has ${found.length} blocks with ${words}`);
  return block;
}

describe("the code in the pages", () => {
  test("is told page by page", () => {
    expect(Object.keys(documentedCode).toSorted()).toEqual(pages.toSorted());
  });

  test.each(pages)("of %s is run, block by block", (page) => {
    const runBy = documentedCode[page] ?? [];
    const name = page.replace(/^docs\//, "");

    expect(runBy.length).toBe(codeOf(page).length);
    const files = new Set(runBy.filter((by) => typeof by === "string"));
    const strangers = [...files].filter(
      (file) =>
        !existsSync(join(root, file)) || !readFileSync(join(root, file), "utf8").includes(name),
    );
    expect(strangers).toEqual([]);
  });
});

describe("docs/library.md", () => {
  test("shows a service that a test signs users up in", async () => {
    const source = readFileSync(join(import.meta.dirname, "in-a-test.ts"), "utf8")
      .replace('"../../src/index.ts"', '"portico"')
      .replaceAll(/"\.\.\/\.\.\/src\/(\w+)\.ts"/g, '"portico/$1"');
    const { signUp, outbox } = createService();

    const { status } = await signUp("ada@example.com", "Correct-Horse-7");

    expect(codeOf("docs/library.md").map(({ text }) => text)).toEqual([source]);
    expect(status).toBe(201);
    expect(outbox.messagesFor("ada@example.com")).toHaveLength(1);
  });
});

describe("docs/cognito.md", () => {
  test("allows the calls that the adapter signs, and no others", () => {
    const [policy] = codeOf("docs/cognito.md");
    const allowed: readonly string[] = JSON.parse(policy?.text ?? "").Statement[0].Action;
    const signed = globSync("src/adapters/cognito/**/*.ts", { cwd: root }).flatMap((file) => {
      const source = readFileSync(join(root, file), "utf8");
      return [...source.matchAll(/"((?:Admin|Describe)\w+(?<!Config)|ListUsers)"/g)].map(
        ([, name]) => name,
      );
    });

    expect(allowed.toSorted()).toEqual(
      [...new Set(signed)].map((name) => `cognito-idp:${name}`).toSorted(),
    );
  });
});

describe("docs/operations.md", () => {
  test("shows a Prometheus configuration that asks with the token", () => {
    const { scrape_configs: jobs } = parse(blockWith("docs/operations.md", "scrape_configs").text);

    expect(jobs).toMatchObject([{ authorization: { credentials_file: expect.any(String) } }]);
  });
});

describe("docs/cognito-server.md", () => {
  test("shows a trigger that a server takes", async () => {
    const block = blockWith("docs/cognito-server.md", "PreSignUp(event)");

    const { server } = await runFragment(block, { createCognitoServer }, ["server"]);

    expect(server).toHaveProperty("fetch");
  });
});

describe("docs/server-rendered.md", () => {
  test("shows how a request's session is read", async () => {
    const block = blockWith("docs/server-rendered.md", "process.env.SESSION_SECRETS, serviceUrl");
    const env = { SESSION_SECRETS: "0123456789abcdef0123456789abcdef" };
    const given = {
      readSession,
      process: { env },
      request: new Request("http://localhost/"),
      serviceUrl: "http://127.0.0.1:1",
    };

    const { session } = await runFragment(block, given, ["session"]);

    expect(session).toMatchObject({ status: "signed_out" });
  });
});

describe("docs/resource-apis.md", () => {
  const page = "docs/resource-apis.md";
  const issuer = "https://login.example.com";

  test.each([
    ["issuers of tenants", "tenantIssuers.map", "verifier", { tenantIssuers: [issuer] }],
    [
      "the claims of an issuer",
      "readClaims",
      "staff",
      { app: new Hono(), bearerAuth, verifier: tokenVerifier() },
    ],
    ["ID tokens", "idTokenIssuer", "verifier", { clientId: "orders-page" }],
    [
      "sign-outs",
      "createRevocationCheck",
      "verifier",
      {
        list: createMemoryRevocationList({ now: () => Date.now() }),
        issuers: [jwt.oidcIssuer({ issuer, audiences: ["orders-api"] })],
      },
    ],
  ])("shows how to take %s", async (_case, words, wanted, given) => {
    const made = await runFragment(blockWith(page, words), { ...jwt, ...given }, [wanted]);

    expect(made[wanted]).toBeTypeOf("object");
    expect(made[wanted]).not.toBeNull();
  });

  test("shows a store that takes a proof once", async () => {
    const kept = new Set<string>();
    const redis = {
      async set(key: string) {
        if (kept.has(key)) return null;
        kept.add(key);
        return "OK";
      },
    };
    const { replays } = await runFragment(blockWith(page, "`dpop:"), { redis }, ["replays"]);

    const add = () => (replays as jwt.ReplayStore).add("proof", Date.now() / 1000 + 60);
    expect([await add(), await add()]).toEqual([true, false]);
  });

  test("shows metadata where a refusal points to", async () => {
    const app = new Hono();
    const given = {
      ...jwt,
      app,
      bearerAuth,
      verifier: tokenVerifier(),
      listOrders: () => new Response("[]"),
    };
    await runFragment(blockWith(page, "protectedResourceMetadata"), given, []);

    const refused = await app.request("/orders");
    const [, url = ""] =
      /resource_metadata="([^"]+)"/.exec(refused.headers.get("WWW-Authenticate") ?? "") ?? [];
    const metadata = await app.request(new URL(url).pathname);
    const headers = { Authorization: `Bearer ${await accessToken()}` };

    expect(await metadata.json()).toMatchObject({ resource: "https://orders.example.com" });
    expect((await app.request("/orders", { headers })).status).toBe(200);
  });
});

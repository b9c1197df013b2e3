import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, onTestFinished, test, vi } from "vitest";
import type { TokenSet } from "../../../src/domain/session.ts";
import { createApp } from "../../../src/http/app.ts";
import { type RunningServer, serve } from "../../../src/node.ts";
import { claims, sign, signingKey } from "../../adapters/jwt/token-signer.ts";
import { createMemoryPorts } from "../../support/memory-ports.ts";
import { runPortico } from "../../support/run-portico.ts";
import { freePort } from "../../support/server-process.ts";

// Each runs the command as a process, which takes its time on a busy machine.
vi.setConfig({ testTimeout: 60_000 });

let key: Awaited<ReturnType<typeof signingKey>>;
let server: RunningServer;
let issuer: string;

beforeAll(async () => {
  key = await signingKey("access-1");
  server = await serve({
    port: 0,
    fetch: (request) =>
      Response.json(
        new URL(request.url).pathname === "/pool/.well-known/openid-configuration"
          ? { issuer, jwks_uri: `${issuer}/jwks` }
          : { keys: [{ ...key.jwk, alg: "RS256", use: "sig" }] },
      ),
  });
  issuer = `http://127.0.0.1:${server.port}/pool`;
});

afterAll(() => server.close());

type Members = Readonly<Record<string, unknown>>;

function tokenOf(changes: Members = {}, header: Members = {}): Promise<string> {
  const now = Math.floor(Date.now() / 1000);
  const times = { auth_time: now - 60, iat: now - 60, exp: now + 3540 };
  return sign(claims({ iss: issuer, ...times, ...changes }), key.privateKey, header);
}

const judge = (token: string, ...args: readonly string[]) =>
  runPortico(["token", "--issuer", issuer, ...args], { input: token });

describe("a token that is held against an issuer", () => {
  test("is accepted where it is good, however it was copied", async () => {
    const token = await tokenOf();
    const { status, out } = await judge(`Authorization: Bearer ${token}\n`);

    expect(status).toBe(0);
    expect(out).toMatch(
      /^Accepted: it is a good access token of this issuer, and it expires in 59 minutes/,
    );
  });

  test.each<[string, RegExp, Members, Members, readonly string[]]>([
    [
      "an ID token",
      /this is an ID token; the API expects an access token/,
      { token_use: "id" },
      {},
      [],
    ],
    ["expired", /it expired 2 hours ago, at \d{4}-/, { iat: 1, exp: 2 }, {}, []],
    [
      "of another issuer",
      /it was issued by https:\/\/other\.example; the API expects http/,
      { iss: "https://other.example" },
      {},
      [],
    ],
    [
      "of a key that nobody published",
      /the key other, which the issuer does not publish/,
      {},
      { kid: "other" },
      [],
    ],
    [
      "of another client",
      /given to the client client-1; the API takes tokens of mine/,
      {},
      {},
      ["--client-id", "mine"],
    ],
    [
      "meant for another API",
      /meant for theirs; the API is ours/,
      { aud: "theirs", token_use: undefined },
      {},
      ["--audience", "ours"],
    ],
    [
      "meant for no API",
      /meant for no API in particular; the API expects ours/,
      { token_use: undefined },
      {},
      ["--audience", "ours"],
    ],
    [
      "signed by another algorithm",
      /signed by RS256, and the API takes ES256/,
      {},
      {},
      ["--algorithm", "ES256"],
    ],
    [
      "with a key of its own",
      /key of its own \(jku, jwk, x5c\)/,
      {},
      { jku: "https://keys.example" },
      [],
    ],
    [
      "bound to a key",
      /it is bound to a key \(cnf\)/,
      { cnf: { jkt: "0ZcOCORZNYy-DWpqq30jZyJGHTN0d2HglBV3uiguA4I" } },
      {},
      [],
    ],
    [
      "of too long a life",
      /longer than the issuer is said to give/,
      { exp: 4_000_000_000 },
      {},
      [],
    ],
    [
      "not good yet",
      /not good before \d{4}-.+ from now/,
      { nbf: 4_000_000_000, exp: 4_000_000_100, iat: 3_999_999_999 },
      {},
      [],
    ],
  ])("is refused in words where it is %s", async (_case, words, changes, header, args) => {
    const seconds = Math.floor(Date.now() / 1000);
    const times = changes.exp === 2 ? { iat: seconds - 10_800, exp: seconds - 7_200 } : {};
    const token = await tokenOf({ ...changes, ...times }, header);
    const { status, out, err } = await judge(token, ...args);

    expect([status, err]).toEqual([1, ""]);
    expect(out).toMatch(words);
    expect(out).not.toContain(token.slice(0, 40));
  });

  test("is refused where its signature is not the issuer's, or where it is no JWT", async () => {
    const token = await tokenOf();
    const [header, , signature] = token.split(".");
    const [, other] = (await tokenOf({ sub: "mallory" })).split(".");

    const changed = await judge([header, other, signature].join("."));
    const opaque = await judge("2YotnFZFEjr1zCsicMWpAA");

    expect([changed.status, opaque.status]).toEqual([1, 1]);
    expect(changed.out).toContain("its signature is not that of the issuer's key");
    expect(opaque.out).toContain("this is no JWT");
  });

  test("is told as JSON with the verifier's own reason, and without a word about the user", async () => {
    const { status, out } = await judge(await tokenOf({ token_use: "id" }), "--json");

    expect(status).toBe(1);
    expect(JSON.parse(out)).toMatchObject({
      outcome: "refused",
      reason: "wrong_use",
      detail: "no_access_token",
      token: { alg: "RS256", kid: "access-1", token_use: "id", iss: issuer },
    });
    expect(out).not.toMatch(/ada|3f0c5d6a/);
  });

  test("is not judged where the keys cannot be had", async () => {
    const { status, out } = await runPortico(["token", "--issuer", "http://127.0.0.1:1/pool"], {
      input: await tokenOf({ iss: "http://127.0.0.1:1/pool" }),
    });

    expect(status).toBe(2);
    expect(out).toMatch(
      /^Could not be found out: the keys of http:\/\/127\.0\.0\.1:1\/pool cannot be had/,
    );
  });
});

describe("a token that is shown to a running service", () => {
  const ada = { username: "ada@example.com", password: "Correct-horse-7" };
  let service: RunningServer;
  let url: string;
  let tokens: TokenSet;

  beforeAll(async () => {
    const { ports, memory } = createMemoryPorts({ autoConfirm: true });
    service = await serve({ fetch: createApp(ports).fetch, port: 0 });
    url = `http://127.0.0.1:${service.port}`;
    await memory.identity.signUp({ ...ada, attributes: { email: ada.username } });
    const result = await memory.identity.signIn(ada);
    if (result.status !== "signed_in") throw new Error("nobody was signed in");
    tokens = result.tokens;
  });

  afterAll(() => service.close());

  const show = (input: string, ...args: readonly string[]) =>
    runPortico(["token", "--url", `${url}/`, ...args], { input });

  test("is accepted where that takes it", async () => {
    const { status, out } = await show(tokens.accessToken);

    expect(status).toBe(0);
    expect(out).toMatch(/^Accepted: the service takes it, and it expires in/);
  });

  test("is refused in words", async () => {
    const idToken = await show(tokens.idToken ?? "");
    const refreshToken = await show(tokens.refreshToken ?? "");
    const other = await show(await tokenOf(), "--json");

    expect([idToken.status, refreshToken.status, other.status]).toEqual([1, 1, 1]);
    expect(idToken.out).toContain("this is an ID token; the API expects an access token");
    expect(refreshToken.out).toContain("this is no JWT");
    expect(JSON.parse(other.out)).toMatchObject({ outcome: "refused", reason: "wrong_issuer" });
  });

  test("is refused where its session was ended", async () => {
    const headers = { Authorization: `Bearer ${tokens.accessToken}` };
    const signOut = await fetch(`${url}/v1/sign-out/everywhere`, { method: "POST", headers });
    const { status, out } = await show(tokens.accessToken);

    expect(signOut.status).toBe(204);
    expect(status).toBe(1);
    expect(out).toContain("its session was ended");
  });

  test("is not judged by what is no such service, or does not answer", async () => {
    const closed = `http://127.0.0.1:${await freePort()}`;
    const elsewhere = await runPortico(["token", "--url", issuer], { input: tokens.accessToken });
    const nowhere = await runPortico(["token", "--url", closed], {
      input: tokens.accessToken,
    });

    expect([elsewhere.status, nowhere.status]).toEqual([2, 2]);
    expect(nowhere.out).toContain(`${closed} does not answer (ECONNREFUSED)`);
  });
});

test("a token that is an argument is refused, and not repeated", async () => {
  const token = await tokenOf();
  const { status, out, err } = await runPortico(["token", "--issuer", issuer, token]);

  expect([status, out]).toEqual([2, ""]);
  expect(err).toContain("the shell's history");
  expect(err).not.toContain(token.slice(0, 40));
});

test("a token is read from a file", async () => {
  const folder = mkdtempSync(join(tmpdir(), "portico-token-"));
  onTestFinished(() => rmSync(folder, { recursive: true }));
  writeFileSync(join(folder, "token.txt"), `${await tokenOf()}\n`);

  const good = await runPortico(["token", "--issuer", issuer, "token.txt"], { cwd: folder });
  const none = await runPortico(["token", "--issuer", issuer, "none.txt"], { cwd: folder });

  expect([good.status, none.status]).toEqual([0, 2]);
});

test.each([
  ["nobody is to judge it", []],
  ["two are to judge it", ["--issuer", "https://a.example", "--url", "https://b.example"]],
  ["it would be sent in the clear", ["--url", "http://service.example"]],
  ["the issuer's keys would come in the clear", ["--issuer", "http://issuer.example"]],
])("nothing is done where %s", async (_case, args) => {
  const { status, out } = await runPortico(["token", ...args], { input: await tokenOf() });

  expect([status, out]).toEqual([2, ""]);
});

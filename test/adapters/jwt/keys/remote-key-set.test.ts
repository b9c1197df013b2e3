import { createServer, type RequestListener, type Server } from "node:http";
import type { AddressInfo } from "node:net";
import { gzipSync } from "node:zlib";
import { afterEach, beforeAll, describe, expect, it } from "vitest";
import { createRemoteKeySet } from "../../../../src/adapters/jwt/index.ts";
import { adjustableClock, signingKey } from "../token-signer.ts";

let key: Awaited<ReturnType<typeof signingKey>>;
let server: Server | undefined;

beforeAll(async () => {
  key = await signingKey("access-1");
});

afterEach(() => {
  server?.closeAllConnections();
  server?.close();
});

/** A server of keys whose answers are given in order, the last one for ever. */
async function serve(...answers: readonly RequestListener[]) {
  const requests: string[] = [];
  server = createServer((request, response) => {
    const answer = answers[Math.min(requests.length, answers.length - 1)];
    requests.push(request.url ?? "");
    answer?.(request, response);
  });
  await new Promise<void>((resolve) => server?.listen(0, "127.0.0.1", resolve));
  const { port } = server.address() as AddressInfo;
  return { uri: `http://127.0.0.1:${port}/jwks.json`, requests };
}

const send =
  (body: unknown, status = 200): RequestListener =>
  (_request, response) => {
    response.writeHead(status, { "content-type": "application/json" });
    response.end(typeof body === "string" ? body : JSON.stringify(body));
  };

describe("a remote key set", () => {
  it("gives what the provider publishes", async () => {
    const { uri } = await serve(send({ keys: [key.jwk] }));

    const keySet = await createRemoteKeySet({ uri }).current();

    expect(keySet).toEqual({ keys: [key.jwk] });
  });

  it("is fetched once by any number of first calls and kept", async () => {
    const { uri, requests } = await serve(send({ keys: [key.jwk] }));
    const keys = createRemoteKeySet({ uri });

    const burst = await Promise.all(Array.from({ length: 50 }, () => keys.current()));
    await keys.current();

    expect(new Set(burst).size).toBe(1);
    expect(requests).toHaveLength(1);
  });

  it("is fetched anew when asked, once in a cooldown", async () => {
    const clock = adjustableClock();
    const { uri, requests } = await serve(send({ keys: [key.jwk] }));
    const keys = createRemoteKeySet({ uri, clock });
    await keys.current();

    await Promise.all(Array.from({ length: 50 }, () => keys.refresh()));
    clock.time += 5_000;
    await keys.refresh();
    expect(requests).toHaveLength(1);
    clock.time += 5_000;
    await Promise.all(Array.from({ length: 50 }, () => keys.refresh()));
    await keys.refresh();

    expect(requests).toHaveLength(2);
  });

  it("is fetched anew by a clock that was set back", async () => {
    const clock = adjustableClock();
    const { uri, requests } = await serve(send({ keys: [key.jwk] }));
    const keys = createRemoteKeySet({ uri, clock });
    await keys.current();

    clock.time -= 3_600_000;
    await keys.refresh();

    expect(requests).toHaveLength(2);
  });

  it("tells of a failure at once and asks again only after the cooldown", async () => {
    const clock = adjustableClock();
    const { uri, requests } = await serve(send("down", 500), send({ keys: [key.jwk] }));
    const keys = createRemoteKeySet({ uri, clock });

    for (const call of [keys.current, keys.refresh, keys.current]) {
      await expect(call()).rejects.toMatchObject({
        code: "keys_unavailable",
        retryAfterSeconds: 10,
        cause: expect.any(Error),
      });
    }
    expect(requests).toHaveLength(1);
    clock.time += 10_000;

    await expect(keys.current()).resolves.toEqual({ keys: [key.jwk] });
  });

  it("keeps the keys at hand through a failure, which a refresh tells of", async () => {
    const clock = adjustableClock();
    const { uri, requests } = await serve(send({ keys: [key.jwk] }), send({ keys: [] }));
    const keys = createRemoteKeySet({ uri, clock });
    await keys.current();
    clock.time += 10_000;

    await expect(keys.refresh()).rejects.toMatchObject({ code: "keys_unavailable" });
    await expect(keys.refresh()).rejects.toMatchObject({ code: "keys_unavailable" });

    await expect(keys.current()).resolves.toEqual({ keys: [key.jwk] });
    expect(requests).toHaveLength(2);
  });

  it("holds nothing but public members", async () => {
    const published = { ...key.jwk, use: "sig", alg: "RS256", x5c: ["MII"], note: "hello" };
    const { uri } = await serve(send({ keys: [published], note: "hello" }));

    const keySet = await createRemoteKeySet({ uri }).current();

    expect(keySet).toEqual({ keys: [{ ...key.jwk, use: "sig", alg: "RS256" }] });
  });

  it("leaves out what is no key and keeps the good one beside it", async () => {
    const entries = [null, 7, { kty: "new" }, { kty: "RSA", kid: "broken" }, key.jwk, key.jwk];
    const { uri } = await serve(send({ keys: entries }));

    const keySet = await createRemoteKeySet({ uri }).current();

    expect(keySet).toEqual({ keys: [key.jwk, key.jwk] });
  });
});

describe("an answer is refused", () => {
  const secret = { kty: "oct", kid: "secret", k: "c2VjcmV0" };
  const cases: readonly (readonly [string, () => RequestListener])[] = [
    ["of HTML", () => send("<html>maintenance</html>")],
    ["of an empty object", () => send({})],
    ["with no keys", () => send({ keys: [] })],
    ["that is cut short", () => send('{"keys":[{"kty":"RSA"')],
    ["that is a bare key", () => send(key.jwk)],
    ["that is a list", () => send([key.jwk])],
    ["of no bytes", () => send("")],
    ["with a shared secret", () => send({ keys: [key.jwk, secret] })],
    ["with a private key", () => send({ keys: [{ ...key.jwk, d: "AQ" }] })],
    ["with 17 keys", () => send({ keys: Array.from({ length: 17 }, () => key.jwk) })],
    ["of more than 64 KB", () => send({ keys: [key.jwk], note: "x".repeat(65_536) })],
    [
      "that unpacks to more than 64 KB",
      () => (_request, response) => {
        response.writeHead(200, { "content-encoding": "gzip" });
        response.end(gzipSync(JSON.stringify({ keys: [key.jwk], note: "x".repeat(5_000_000) })));
      },
    ],
    [
      "that redirects",
      () => (request, response) => {
        if (request.url === "/elsewhere") return send({ keys: [key.jwk] })(request, response);
        response.writeHead(302, { location: "/elsewhere" });
        response.end();
      },
    ],
    ["that breaks off", () => (request) => request.socket.destroy()],
    ["that never comes", () => () => undefined],
    [
      "that drips",
      () => (_request, response) => {
        response.writeHead(200);
        const drip = setInterval(() => response.write(" "), 20);
        response.on("close", () => clearInterval(drip));
      },
    ],
  ];

  it.each(cases)("%s", async (_what, answer) => {
    const { uri, requests } = await serve(answer());

    const current = createRemoteKeySet({ uri, timeoutMs: 300 }).current();

    await expect(current).rejects.toMatchObject({ code: "keys_unavailable" });
    expect(requests).toEqual(["/jwks.json"]);
  });
});

describe("a fetch that never settles", () => {
  it("holds up no call beyond the deadline, nor the fetch after it", async () => {
    const clock = adjustableClock();
    let calls = 0;
    const abandoned: typeof fetch = async () => {
      calls += 1;
      if (calls === 1) return new Promise<Response>(() => undefined);
      return Response.json({ keys: [key.jwk] });
    };
    const uri = "https://issuer.example/jwks.json";
    const keys = createRemoteKeySet({ uri, fetch: abandoned, clock, timeoutMs: 50 });

    const burst = await Promise.allSettled([keys.current(), keys.current()]);
    clock.time += 10_000;

    expect(burst.map(({ status }) => status)).toEqual(["rejected", "rejected"]);
    await expect(keys.current()).resolves.toEqual({ keys: [key.jwk] });
  });
});

describe("an address", () => {
  it.each([
    "https://issuer.example/jwks.json",
    "http://localhost:9229/jwks.json",
    "http://127.0.0.1:9229/jwks.json",
    "http://[::1]:9229/jwks.json",
  ])("of %s is taken", (uri) => {
    expect(() => createRemoteKeySet({ uri })).not.toThrow();
  });

  it.each([
    "http://issuer.example/jwks.json",
    "http://127.0.0.1.issuer.example/jwks.json",
    "http://localhost.issuer.example/jwks.json",
    "https://user:secret@issuer.example/jwks.json",
    "file:///etc/jwks.json",
    "jwks.json",
  ])("of %s is refused", (uri) => {
    expect(() => createRemoteKeySet({ uri })).toThrow(TypeError);
  });
});

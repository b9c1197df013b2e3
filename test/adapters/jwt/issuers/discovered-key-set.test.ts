import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { beforeAll, describe, expect, it } from "vitest";
import {
  createDiscoveredKeySet,
  createJwtVerifier,
  type DiscoveredKeySetOptions,
  oauthIssuer,
  oidcIssuer,
} from "../../../../src/adapters/jwt/index.ts";
import { adjustableClock, clock, nowSeconds, sign, signingKey } from "../token-signer.ts";

let key: Awaited<ReturnType<typeof signingKey>>;
let otherKey: Awaited<ReturnType<typeof signingKey>>;

beforeAll(async () => {
  key = await signingKey("access-1");
  otherKey = await signingKey("access-2");
});

const issuer = "https://issuer.example/realms/staff";
const metadataUri = `${issuer}/.well-known/openid-configuration`;
const keysUri = "https://keys.example/staff";

/** An issuer whose documents can be changed, and what was asked for. */
function world(options: Partial<DiscoveredKeySetOptions> = {}) {
  const documents: Record<string, unknown> = {
    [metadataUri]: { issuer, jwks_uri: keysUri },
    [keysUri]: { keys: [key.jwk] },
  };
  const requests: string[] = [];
  const failures: unknown[] = [];
  const testClock = adjustableClock();
  const keys = createDiscoveredKeySet({
    issuer,
    clock: testClock,
    async fetch(input) {
      const url = String(input);
      requests.push(url);
      const document = documents[url];
      return document instanceof Response ? document : Response.json(document ?? {});
    },
    onFailure: (failure) => failures.push(failure),
    ...options,
  });
  return { documents, requests, failures, clock: testClock, keys };
}

describe("the metadata of an issuer", () => {
  it("says where its keys are", async () => {
    const { keys, requests } = world();

    expect(await keys.current()).toEqual({ keys: [key.jwk] });
    expect(requests).toEqual([metadataUri, keysUri]);
  });

  it.each([
    ["https://a.example", "openid-configuration", "/.well-known/openid-configuration"],
    ["https://a.example/", "openid-configuration", "/.well-known/openid-configuration"],
    ["https://a.example/b/c", "openid-configuration", "/b/c/.well-known/openid-configuration"],
    ["https://a.example/b/", "openid-configuration", "/b/.well-known/openid-configuration"],
    ["https://a.example", "oauth-authorization-server", "/.well-known/oauth-authorization-server"],
    [
      "https://a.example/b/",
      "oauth-authorization-server",
      "/.well-known/oauth-authorization-server/b",
    ],
  ] as const)("of %s is looked for at its place for %s", async (name, metadata, path) => {
    const { keys, documents, requests } = world({ issuer: name, metadata });
    documents[`https://a.example${path}`] = { issuer: name, jwks_uri: keysUri };

    await keys.current();

    expect(requests).toEqual([`https://a.example${path}`, keysUri]);
  });

  it.each([
    ["with a slash more", `${issuer}/`],
    ["in other letters", "https://issuer.example/realms/Staff"],
    ["with its port", "https://issuer.example:443/realms/staff"],
    ["of another realm", "https://issuer.example/realms/customers"],
    ["in a list", [issuer]],
    ["without a name", undefined],
  ])("RS16: is refused where it is that of an issuer %s", async (_what, name) => {
    const { keys, documents, requests, failures } = world();
    documents[metadataUri] = { issuer: name, jwks_uri: keysUri };

    await expect(keys.current()).rejects.toMatchObject({ code: "keys_unavailable" });

    expect(requests).toEqual([metadataUri]);
    expect(failures).toHaveLength(1);
  });

  it("RS16: is refused where only the configuration has the slash", async () => {
    const { keys, documents } = world({ issuer: `${issuer}/` });
    documents[metadataUri] = { issuer, jwks_uri: keysUri };

    await expect(keys.current()).rejects.toMatchObject({ code: "keys_unavailable" });
  });

  it.each([
    ["nowhere", undefined],
    ["no address", "keys"],
    ["no text", 7],
    ["a list", [keysUri]],
    ["an address without TLS", "http://keys.example/staff"],
    ["an address with credentials", "https://a:b@keys.example/staff"],
    ["a private address", "https://10.0.0.7/keys"],
    ["an address of link-local metadata", "https://169.254.169.254/latest"],
    ["this machine", "http://127.0.0.1:8080/keys"],
    ["this machine by name", "https://localhost/keys"],
  ])("is refused where it has the keys at %s", async (_what, address) => {
    const { keys, documents, requests } = world();
    documents[metadataUri] = { issuer, jwks_uri: address };

    await expect(keys.current()).rejects.toMatchObject({ code: "keys_unavailable" });

    expect(requests).toEqual([metadataUri]);
  });

  it("may have the keys in a private network where that is allowed", async () => {
    const { keys, documents } = world({ allowPrivateAddress: true });
    documents[metadataUri] = { issuer, jwks_uri: "https://10.0.0.7/keys" };
    documents["https://10.0.0.7/keys"] = { keys: [key.jwk] };

    await expect(keys.current()).resolves.toEqual({ keys: [key.jwk] });
  });

  it.each([
    ["a failure", () => new Response("", { status: 500 })],
    ["a redirect", () => new Response("", { status: 302, headers: { location: keysUri } })],
    ["no JSON", () => new Response("<html>")],
    ["null", () => Response.json(null)],
    ["a list", () => Response.json([])],
    ["too long", () => Response.json({ issuer, jwks_uri: keysUri, more: "x".repeat(65_536) })],
  ])("is refused where it is %s, and so are such keys", async (_what, answer) => {
    for (const uri of [metadataUri, keysUri]) {
      const { keys, documents } = world();
      documents[uri] = answer();

      await expect(keys.current()).rejects.toMatchObject({ code: "keys_unavailable" });
    }
  });

  it("is waited for no longer than for keys", async () => {
    const never: typeof fetch = (_input, init) =>
      new Promise((_resolve, reject) => {
        init?.signal?.addEventListener("abort", () => reject(init.signal?.reason));
      });
    const { keys } = world({ fetch: never, timeoutMs: 20 });

    await expect(keys.current()).rejects.toMatchObject({ code: "keys_unavailable" });
  });

  it("is fetched once for all who wait, and once in a cooldown where that fails", async () => {
    const { keys, documents, requests } = world();
    documents[metadataUri] = { issuer: "https://eve.example", jwks_uri: keysUri };

    const outcomes = await Promise.allSettled(Array.from({ length: 50 }, () => keys.current()));
    outcomes.push(...(await Promise.allSettled([keys.current()])));

    expect(new Set(outcomes.map(({ status }) => status))).toEqual(new Set(["rejected"]));
    expect(requests).toEqual([metadataUri]);
  });

  it("is looked at again with each fetch, as the keys may move", async () => {
    const { keys, documents, clock } = world();
    await keys.current();
    documents[metadataUri] = { issuer, jwks_uri: "https://keys.example/new" };
    documents["https://keys.example/new"] = { keys: [otherKey.jwk] };

    clock.time += 600_000;

    await expect(keys.current()).resolves.toEqual({ keys: [otherKey.jwk] });
  });

  it.each([
    ["no address", "issuer"],
    ["an address without TLS", "http://issuer.example"],
    ["an address with credentials", "https://a:b@issuer.example"],
    ["a private address", "https://192.168.0.1"],
    ["an address with a query", "https://issuer.example/?a=b"],
    ["an address with an empty query", "https://issuer.example/?"],
    ["an address with a fragment", "https://issuer.example/#a"],
  ])("cannot be looked for at an issuer that is %s", (_what, name) => {
    expect(() => createDiscoveredKeySet({ issuer: name })).toThrow(TypeError);
  });
});

describe("an issuer that is trusted without keys", () => {
  it.each([
    ["oidcIssuer", oidcIssuer],
    ["oauthIssuer", oauthIssuer],
  ])("has those that its metadata names (%s)", async (_what, trust) => {
    const server = createServer((request, response) => {
      const isMetadata = request.url === "/realm/.well-known/openid-configuration";
      const body = isMetadata ? { issuer: name, jwks_uri: `${name}/keys` } : { keys: [key.jwk] };
      response.end(JSON.stringify(body));
    });
    await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
    const name = `http://127.0.0.1:${(server.address() as AddressInfo).port}/realm`;
    const verifier = createJwtVerifier({
      issuers: [trust({ issuer: name, audiences: ["api"] })],
      clock,
    });
    const times = { iat: nowSeconds - 60, exp: nowSeconds + 60 };
    const claims = { ...times, iss: name, sub: "ada", aud: "api", client_id: "c", jti: "j" };

    const verified = verifier.verify(await sign(claims, key.privateKey, { typ: "at+jwt" }));

    await expect(verified).resolves.toMatchObject({ subject: "ada", issuer: name });
    server.closeAllConnections();
    server.close();
  });
});

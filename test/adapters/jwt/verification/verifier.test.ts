import { base64url } from "jose";
import { beforeAll, describe, expect, it } from "vitest";
import {
  createJwtVerifier,
  type SingleIssuerOptions,
  type VerifierTerms,
} from "../../../../src/adapters/jwt/index.ts";
import { IdentityError } from "../../../../src/domain/errors.ts";
import {
  claims,
  clientId,
  clock,
  issuer,
  keySetOf,
  nowSeconds,
  sign,
  signingKey,
} from "../token-signer.ts";

let key: Awaited<ReturnType<typeof signingKey>>;
let otherKey: Awaited<ReturnType<typeof signingKey>>;

beforeAll(async () => {
  key = await signingKey("access-1");
  otherKey = await signingKey("access-1");
});

function verifier(options: Partial<SingleIssuerOptions> & VerifierTerms = {}) {
  return createJwtVerifier({
    issuer,
    clientIds: [clientId],
    keys: keySetOf([key.jwk]),
    clock,
    ...options,
  });
}

const encode = (text: string) => base64url.encode(new TextEncoder().encode(text));

describe("a verified token", () => {
  it("describes the user it speaks for", async () => {
    const principal = await verifier().verify(await sign(claims(), key.privateKey));

    expect(principal).toEqual({
      kind: "user",
      subject: "3f0c5d6a-subject",
      issuer,
      clientId,
      username: "ada",
      groups: ["admins", "readers"],
      scopes: ["aws.cognito.signin.user.admin", "orders/read"],
      issuedAt: nowSeconds - 60,
      expiresAt: nowSeconds + 3540,
      authenticatedAt: nowSeconds - 60,
      tokenId: "token-1",
      sessionId: "session-1",
    });
  });

  it("describes a user of a pool without revocation, groups or scopes", async () => {
    const token = await sign(
      claims({
        origin_jti: undefined,
        jti: undefined,
        "cognito:groups": undefined,
        scope: undefined,
      }),
      key.privateKey,
    );

    const principal = await verifier().verify(token);

    expect(principal).toMatchObject({ kind: "user", groups: [], scopes: [] });
    expect(principal).not.toHaveProperty("sessionId");
    expect(principal).not.toHaveProperty("tokenId");
  });

  it("describes a program where there is no user name", async () => {
    const token = await sign(claims({ username: undefined, sub: clientId }), key.privateKey);

    const principal = await verifier().verify(token);

    expect(principal).toMatchObject({ kind: "machine", subject: clientId });
    expect(principal).not.toHaveProperty("groups");
  });

  it.each(["JWT", "at+jwt", "application/at+jwt"])("may call itself %s", async (typ) => {
    const token = await sign(claims(), key.privateKey, { typ });

    await expect(verifier().verify(token)).resolves.toMatchObject({ kind: "user" });
  });

  it("may name its client as its audience", async () => {
    const token = await sign(claims({ aud: clientId }), key.privateKey);

    await expect(verifier().verify(token)).resolves.toMatchObject({ clientId });
  });

  it("may be signed with another configured algorithm", async () => {
    const curve = await signingKey("access-1", "ES256");
    const token = await sign(claims(), curve.privateKey, { alg: "ES256" });

    const verified = verifier({ algorithms: ["ES256"], keys: keySetOf([curve.jwk]) }).verify(token);

    await expect(verified).resolves.toMatchObject({ kind: "user" });
  });
});

describe("claims", () => {
  it.each([
    ["the issuer with a slash", { iss: `${issuer}/` }, "wrong_issuer"],
    ["the issuer in capitals", { iss: issuer.toUpperCase() }, "wrong_issuer"],
    ["the issuer in a list", { iss: [issuer] }, "wrong_issuer"],
    ["no issuer", { iss: undefined }, "wrong_issuer"],
    ["an ID token's use", { token_use: "id" }, "wrong_use"],
    ["its use in a list", { token_use: ["access"] }, "wrong_use"],
    ["no use", { token_use: undefined }, "wrong_use"],
    ["another client", { client_id: "client-2" }, "wrong_client"],
    ["part of the client", { client_id: "client" }, "wrong_client"],
    ["the client in a list", { client_id: [clientId] }, "wrong_client"],
    ["another audience", { aud: "https://api.example" }, "wrong_client"],
    ["no expiry", { exp: undefined }, "invalid_claims"],
    ["an expiry in text", { exp: String(nowSeconds + 60) }, "invalid_claims"],
    ["an expiry of null", { exp: null }, "invalid_claims"],
    ["an expiry of zero", { exp: 0 }, "invalid_claims"],
    ["an expiry in milliseconds", { exp: (nowSeconds + 60) * 1000 }, "invalid_claims"],
    ["a life of more than a day", { exp: nowSeconds + 86_400 }, "invalid_claims"],
    ["an expiry before its issue", { exp: nowSeconds - 61 }, "invalid_claims"],
    ["no time of issue", { iat: undefined }, "invalid_claims"],
    ["an issue in the future", { iat: nowSeconds + 6 }, "not_yet_valid"],
    ["a start in the future", { nbf: nowSeconds + 6 }, "not_yet_valid"],
    ["a start in text", { nbf: "now" }, "invalid_claims"],
    ["no subject", { sub: undefined }, "invalid_claims"],
    ["an empty subject", { sub: "" }, "invalid_claims"],
    ["a number as subject", { sub: 7 }, "invalid_claims"],
    ["a subject with a line break", { sub: "a\r\nb" }, "invalid_claims"],
    ["a subject with half a character", { sub: "a\ud800" }, "invalid_claims"],
    ["a subject of 256 characters", { sub: "a".repeat(256) }, "invalid_claims"],
    ["an empty user name", { username: "" }, "invalid_claims"],
    ["a user name of null", { username: null }, "invalid_claims"],
    ["scopes in a list", { scope: ["admin"] }, "invalid_claims"],
    ["groups in text", { "cognito:groups": "superadmins" }, "invalid_claims"],
    ["a number among the groups", { "cognito:groups": [1] }, "invalid_claims"],
    ["a token id that is no text", { jti: 1 }, "invalid_claims"],
  ])("with %s are refused", async (_what, changes, rejection) => {
    const token = await sign(claims(changes), key.privateKey);

    await expect(verifier().verify(token)).rejects.toMatchObject({
      code: "invalid_token",
      rejection,
    });
  });

  it("with an infinite expiry are refused", async () => {
    const text = JSON.stringify(claims()).replace(/"exp":\d+/, '"exp":1e400');

    const verified = verifier().verify(await sign(text, key.privateKey));

    await expect(verified).rejects.toMatchObject({ rejection: "invalid_claims" });
  });

  it("expire on the second, at no tolerance", async () => {
    const token = await sign(claims({ exp: nowSeconds }), key.privateKey);

    const verified = verifier({ clockToleranceSeconds: 0 }).verify(token);

    await expect(verified).rejects.toMatchObject({ code: "token_expired", rejection: "expired" });
  });

  it("are taken to the end of the tolerance and no longer", async () => {
    const last = await sign(claims({ exp: nowSeconds - 4 }), key.privateKey);
    const late = await sign(claims({ exp: nowSeconds - 5 }), key.privateKey);

    await expect(verifier().verify(last)).resolves.toMatchObject({ kind: "user" });
    await expect(verifier().verify(late)).rejects.toMatchObject({ code: "token_expired" });
  });

  it("count as expired only where nothing else is wrong", async () => {
    const token = await sign(claims({ exp: nowSeconds - 30, token_use: "id" }), key.privateKey);

    await expect(verifier().verify(token)).rejects.toMatchObject({ code: "invalid_token" });
  });

  it.each(["[]", "null", '"text"', "{", "\ufeff{}", ""])(
    "that read %j are refused",
    async (text) => {
      const token = await sign(text, key.privateKey);

      await expect(verifier().verify(token)).rejects.toMatchObject({ rejection: "malformed" });
    },
  );
});

describe("a header", () => {
  it.each<[string, { alg?: string; typ?: string; kid?: string | undefined }, string]>([
    ["another algorithm", { alg: "RS512" }, "unsupported_algorithm"],
    ["padding that was not configured", { alg: "PS256" }, "unsupported_algorithm"],
    ["another kind of token", { typ: "logout+jwt" }, "wrong_use"],
    ["no key id", { kid: undefined }, "unknown_key"],
    ["an unknown key id", { kid: "access-2" }, "unknown_key"],
    ["a key id that objects inherit", { kid: "__proto__" }, "unknown_key"],
  ])("with %s is refused", async (_what, header, rejection) => {
    const signer = await signingKey("access-1", header.alg ?? "RS256");
    const token = await sign(claims(), signer.privateKey, header);

    await expect(verifier().verify(token)).rejects.toMatchObject({
      code: "invalid_token",
      rejection,
    });
  });

  it.each([
    ["no algorithm", { alg: "none" }, "unsupported_algorithm"],
    ["no algorithm in capitals", { alg: "NONE" }, "unsupported_algorithm"],
    ["a shared secret", { alg: "HS256" }, "unsupported_algorithm"],
    ["an algorithm in a list", { alg: ["RS256"] }, "unsupported_algorithm"],
    ["a number as key id", { kid: 1 }, "unknown_key"],
    ["extensions to understand", { crit: ["exp"] }, "malformed"],
    ["a payload that is not encoded", { b64: false }, "malformed"],
    ["a compressed payload", { zip: "DEF" }, "malformed"],
    ["a list as a whole", null, "malformed"],
  ])("with %s is refused whatever the signature", async (_what, changes, rejection) => {
    const header = changes === null ? [] : { alg: "RS256", kid: "access-1", ...changes };
    const [, payload, signature] = (await sign(claims(), key.privateKey)).split(".");
    const token = [encode(JSON.stringify(header)), payload, signature].join(".");

    await expect(verifier().verify(token)).rejects.toMatchObject({
      code: "invalid_token",
      rejection,
    });
  });

  it("brings no key of its own", async () => {
    for (const member of [{ jwk: otherKey.jwk }, { jku: "https://attacker.example/jwks.json" }]) {
      const token = await sign(claims(), otherKey.privateKey, member);

      await expect(verifier().verify(token)).rejects.toMatchObject({ rejection: "malformed" });
    }
  });
});

describe("a token's text", () => {
  it.each([
    ["nothing", () => ""],
    ["dots alone", () => ".."],
    ["two segments", (token: string) => token.slice(0, token.lastIndexOf("."))],
    ["four segments", (token: string) => `${token}.AAAA`],
    ["an encrypted token's five segments", (token: string) => `${token}.AAAA.AAAA`],
    ["padding", (token: string) => `${token}==`],
    ["a line break at the end", (token: string) => `${token}\n`],
    ["a space inside", (token: string) => token.replace(".", ". ")],
    ["characters of plain base64", (token: string) => token.replace(/.$/, "+")],
    ["a byte order mark", (token: string) => `\ufeff${token}`],
    ["more than 16 KB", (token: string) => `${token}${"A".repeat(16_386)}`],
    ["a hundred thousand dots", () => ".".repeat(100_000)],
  ])("of %s is refused before any key is asked for", async (_what, change) => {
    const keys = keySetOf();
    const token = change(await sign(claims(), key.privateKey));

    const verified = verifier({ keys }).verify(token);

    await expect(verified).rejects.toMatchObject({ code: "invalid_token", rejection: "malformed" });
    expect(keys.refreshes).toBe(0);
  });

  it("has one spelling only", async () => {
    const token = await sign(claims(), key.privateKey);
    const last = token.at(-1) ?? "";
    // A 256-byte signature leaves four bits of its last character unused.
    const respelled = token.slice(0, -1) + String.fromCharCode(last.charCodeAt(0) + 1);

    await expect(verifier().verify(respelled)).rejects.toMatchObject({ rejection: "malformed" });
  });

  it("is bound by its signature", async () => {
    const token = await sign(claims(), key.privateKey);
    const [header, , signature] = token.split(".");
    const altered = [header, encode(JSON.stringify(claims({ username: "eve" }))), signature];

    await expect(verifier().verify(altered.join("."))).rejects.toMatchObject({
      rejection: "bad_signature",
    });
    await expect(
      verifier().verify(await sign(claims(), otherKey.privateKey)),
    ).rejects.toMatchObject({ rejection: "bad_signature" });
  });

  it("appears in no error", async () => {
    const text = '{"secret":hunter2}';
    const error: unknown = await verifier()
      .verify(await sign(text, key.privateKey))
      .catch((caught: unknown) => caught);

    expect(error).toBeInstanceOf(IdentityError);
    for (let link = error; link instanceof Error; link = link.cause) {
      expect(link.message).not.toContain("hunter2");
    }
  });
});

describe("keys", () => {
  it("are asked for anew, once, for a key that is not at hand", async () => {
    const keys = keySetOf(
      [otherKey.jwk].map((jwk) => ({ ...jwk, kid: "old" })),
      [key.jwk],
    );

    const principal = await verifier({ keys }).verify(await sign(claims(), key.privateKey));

    expect(principal.kind).toBe("user");
    expect(keys.refreshes).toBe(1);
  });

  it("are asked for anew no more than once for an invented key", async () => {
    const keys = keySetOf([key.jwk], [key.jwk], [key.jwk]);
    const token = await sign(claims(), key.privateKey, { kid: "invented" });

    await expect(verifier({ keys }).verify(token)).rejects.toMatchObject({
      code: "invalid_token",
      rejection: "unknown_key",
    });
    expect(keys.refreshes).toBe(1);
  });

  it.each([
    ["encryption", { use: "enc" }],
    ["signing alone", { key_ops: ["sign"] }],
  ])("for %s do not verify", async (_what, members) => {
    const keys = keySetOf([{ ...key.jwk, ...members }], [{ ...key.jwk, ...members }]);

    const verified = verifier({ keys }).verify(await sign(claims(), key.privateKey));

    await expect(verified).rejects.toMatchObject({ rejection: "unknown_key" });
  });

  it("for another algorithm do not verify", async () => {
    const keys = keySetOf([{ ...key.jwk, alg: "RS512" }]);

    const verified = verifier({ keys, algorithms: ["RS256", "RS512"] }).verify(
      await sign(claims(), key.privateKey),
    );

    await expect(verified).rejects.toMatchObject({ rejection: "unsupported_algorithm" });
  });

  it.each([
    ["1024 bits", { n: base64url.encode(new Uint8Array(128).fill(0xff)) }],
    ["an exponent of one", { e: "AQ" }],
    ["an exponent of three", { e: "Aw" }],
    ["an even modulus", { n: base64url.encode(new Uint8Array(256).fill(0xfe)) }],
    ["no modulus", { n: "" }],
    ["a shared secret", { kty: "oct", k: "c2VjcmV0" }],
  ])("with %s are the provider's fault and not the token's", async (_what, members) => {
    const keys = keySetOf([{ ...key.jwk, ...members }]);

    const verified = verifier({ keys }).verify(await sign(claims(), key.privateKey));

    await expect(verified).rejects.toMatchObject({ code: "keys_unavailable" });
  });

  it("that change under one id are taken as they are now", async () => {
    const keys = keySetOf([otherKey.jwk], [key.jwk]);
    const tokens = verifier({ keys });
    await tokens.verify(await sign(claims(), otherKey.privateKey));

    await keys.refresh();

    await expect(tokens.verify(await sign(claims(), key.privateKey))).resolves.toBeDefined();
    await expect(tokens.verify(await sign(claims(), otherKey.privateKey))).rejects.toMatchObject({
      rejection: "bad_signature",
    });
  });

  it("that cannot be had refuse nobody", async () => {
    const unavailable = new IdentityError("keys_unavailable", { retryAfterSeconds: 7 });
    const fail = async () => Promise.reject(unavailable);
    const token = await sign(claims(), key.privateKey);

    const verified = verifier({ keys: { current: fail, refresh: fail } }).verify(token);

    await expect(verified).rejects.toBe(unavailable);
  });

  it("whose source breaks in a way of its own refuse nobody either", async () => {
    const fail = async () => Promise.reject(new RangeError("broken"));
    const token = await sign(claims(), key.privateKey);

    const verified = verifier({ keys: { current: fail, refresh: fail } }).verify(token);

    await expect(verified).rejects.toMatchObject({ code: "keys_unavailable" });
  });
});

describe("a configuration", () => {
  it.each<[string, Partial<SingleIssuerOptions> & VerifierTerms]>([
    ["without an issuer", { issuer: "" }],
    ["without clients", { clientIds: [] }],
    ["with an empty client", { clientIds: [""] }],
    ["without algorithms", { algorithms: [] }],
    ["that allows unsigned tokens", { algorithms: ["RS256", "none"] }],
    ["that allows shared secrets", { algorithms: ["HS256"] }],
    ["with a tolerance of minutes", { clockToleranceSeconds: 61 }],
    ["with a tolerance below zero", { clockToleranceSeconds: -1 }],
    ["with a tolerance that is no number", { clockToleranceSeconds: Number.NaN }],
  ])("%s is refused", (_what, options) => {
    expect(() => verifier(options)).toThrow(TypeError);
  });
});

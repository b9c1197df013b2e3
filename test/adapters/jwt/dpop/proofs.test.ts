import { describe, expect, it } from "vitest";
import { checkProofClaims } from "../../../../src/adapters/jwt/dpop/proof-claims.ts";
import { readProof } from "../../../../src/adapters/jwt/dpop/proof-reader.ts";

const refused = expect.objectContaining({
  code: "invalid_token",
  rejection: "invalid_proof",
}) as Error;

const encode = (text: string) => Buffer.from(text).toString("base64url");

function proofOf(header: object, payload = '{"jti":"a"}', signature = "c2ln") {
  return [encode(JSON.stringify(header)), encode(payload), signature].join(".");
}

const header = { typ: "dpop+jwt", alg: "ES256", jwk: { kty: "EC" } };

describe("a proof that is read", () => {
  it("says what is in it", () => {
    const proof = proofOf({ ...header, kid: "any" });

    const { signature, signingInput, ...read } = readProof(proof);

    expect(read).toEqual({ algorithm: "ES256", jwk: { kty: "EC" }, claims: { jti: "a" } });
    expect(new TextDecoder().decode(signature)).toBe("sig");
    expect(new TextDecoder().decode(signingInput)).toBe(proof.slice(0, proof.lastIndexOf(".")));
  });

  it.each([
    ["nothing", undefined],
    ["empty", ""],
    ["of one segment", encode(JSON.stringify(header))],
    ["of four segments", `${proofOf(header)}.c2ln`],
    ["without a header", `.${encode("{}")}.c2ln`],
    ["without claims", proofOf(header, "")],
    ["without a signature", proofOf(header, "{}", "")],
    ["of another type", proofOf({ ...header, typ: "JWT" })],
    ["of no type", proofOf({ ...header, typ: undefined })],
    ["without an algorithm", proofOf({ ...header, alg: undefined })],
    ["with algorithms in a list", proofOf({ ...header, alg: ["ES256"] })],
    ["critical", proofOf({ ...header, crit: [] })],
    ["not encoded", proofOf({ ...header, b64: true })],
    ["compressed", proofOf({ ...header, zip: "DEF" })],
    ["encrypted", proofOf({ ...header, enc: "A256GCM" })],
    ["in plain base64", proofOf(header, "{}", "c2l+")],
  ])("is not one that is %s", (_what, proof) => {
    expect(() => readProof(proof)).toThrow(refused);
  });

  it("has 8192 characters at most", () => {
    const short = proofOf(header, "{}", "");
    const fill = (length: number) => short + "A".repeat(length - short.length);
    // Segments of base64url have no length of 4n + 1.
    const rest = (8192 - short.length) % 4 === 1 ? 1 : 0;

    expect(readProof(fill(8192 - rest)).algorithm).toBe("ES256");
    expect(() => readProof(fill(8193 + rest))).toThrow(refused);
    expect(() => readProof(fill(8194 + rest))).toThrow(refused);
  });
});

describe("the claims of a proof", () => {
  const now = 1_800_000_000;
  const request = {
    accessToken: "token",
    method: "GET",
    url: "http://internal/orders",
    proof: undefined,
  };
  const terms = {
    publicUrl: "https://api.example",
    maxAgeSeconds: 60,
    clockToleranceSeconds: 5,
  };
  const good = {
    jti: "proof-1",
    htm: "GET",
    htu: "https://api.example/orders",
    iat: now,
    ath: "PEaenWxYddN6Q_NT1PiOYfz4EsZu7jRXRlpAsNpBU-A",
  };
  const check = (claims: object) => checkProofClaims({ ...good, ...claims }, request, terms, now);

  it.each([
    {},
    { iat: now - 60 },
    { iat: now + 5 },
    { iat: now + 5, nbf: now + 5, exp: now + 1 },
    { nbf: 1 },
    { exp: now + 0.5 },
  ])("may have %j", async (claims) => {
    expect(await check(claims)).toEqual({ proofId: "proof-1", issuedAt: now, ...issued(claims) });
  });

  it.each([
    { jti: undefined },
    { htm: "POST" },
    { htu: undefined },
    { htu: 7 },
    { htu: "orders" },
    { htu: "https://api.example/order" },
    { ath: undefined },
    { ath: "PEaenWxYddN6Q_NT1PiOYfz4EsZu7jRXRlpAsNpBU-B" },
    { iat: undefined },
    { iat: now - 60.5 },
    { iat: now + 5.5 },
    { nbf: now + 5.5 },
    { nbf: null },
    { exp: now },
    { exp: null },
  ])("may not have %o", async (claims) => {
    await expect(check(claims)).rejects.toMatchObject({ code: "invalid_token" });
  });

  it("are of no request whose address is none, though they name none either", async () => {
    const nowhere = { ...request, url: "http://internal/" };
    const checked = checkProofClaims(
      { ...good, htu: undefined },
      nowhere,
      { ...terms, publicUrl: "" },
      now,
    );

    await expect(checked).rejects.toMatchObject({ rejection: "invalid_proof" });
  });
});

function issued(claims: object) {
  return "iat" in claims ? { issuedAt: claims.iat } : {};
}

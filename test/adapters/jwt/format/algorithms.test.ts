import { afterEach, beforeAll, describe, expect, it, vi } from "vitest";
import { createJwtVerifier } from "../../../../src/adapters/jwt/index.ts";
import { claims, clientId, clock, issuer, keySetOf, sign, signingKey } from "../token-signer.ts";

const algorithms = [
  ...["RS256", "RS384", "RS512", "PS256", "PS384", "PS512"],
  ...["ES256", "ES384", "ES512", "EdDSA", "Ed25519"],
];

type Pair = Awaited<ReturnType<typeof signingKey>>;

const pairs = new Map<string, readonly [Pair, Pair]>();

beforeAll(async () => {
  for (const name of algorithms) {
    pairs.set(name, [await signingKey("access-1", name), await signingKey("access-1", name)]);
  }
}, 60_000);

afterEach(() => {
  vi.restoreAllMocks();
});

function pairsOf(algorithm: string): readonly [Pair, Pair] {
  const found = pairs.get(algorithm);
  if (!found) throw new RangeError(`There is no key pair for ${algorithm}.`);
  return found;
}

const verifier = (jwk: Pair["jwk"]) =>
  createJwtVerifier({ issuer, clientIds: [clientId], keys: keySetOf([jwk]), clock, algorithms });

describe.each(algorithms)("a token signed with %s", (alg) => {
  it("is taken, by a key for that algorithm or for any", async () => {
    const [{ jwk, privateKey }] = pairsOf(alg);
    const token = await sign(claims(), privateKey, { alg });

    for (const key of [jwk, { ...jwk, alg }]) {
      await expect(verifier(key).verify(token)).resolves.toMatchObject({ kind: "user" });
    }
  });

  it("is refused once it was changed, or for another key", async () => {
    const [{ jwk, privateKey }, other] = pairsOf(alg);
    const token = await sign(claims(), privateKey, { alg });
    const [header, , signature] = token.split(".");
    const [, payload] = (await sign(claims({ username: "eve" }), privateKey, { alg })).split(".");

    for (const forged of [
      [header, payload, signature].join("."),
      await sign(claims(), other.privateKey, { alg }),
    ]) {
      await expect(verifier(jwk).verify(forged)).rejects.toMatchObject({
        rejection: "bad_signature",
      });
    }
  });

  it("is refused by keys for any other algorithm", async () => {
    const [{ privateKey }] = pairsOf(alg);
    const token = await sign(claims(), privateKey, { alg });

    for (const other of algorithms.filter((name) => name.slice(0, 2) !== alg.slice(0, 2))) {
      const [{ jwk }] = pairsOf(other);
      await expect(verifier({ ...jwk, alg: other }).verify(token)).rejects.toMatchObject({
        rejection: "unsupported_algorithm",
      });
    }
  });
});

describe("a key", () => {
  it.each([
    ["ES256", "ES384"],
    ["ES384", "ES512"],
    ["RS256", "ES256"],
    ["ES256", "EdDSA"],
    ["EdDSA", "RS256"],
  ])("for %s verifies nothing that calls itself %s", async (published, claimed) => {
    const [{ jwk }] = pairsOf(published);
    const [{ privateKey }] = pairsOf(claimed);

    const token = await sign(claims(), privateKey, { alg: claimed });

    await expect(verifier(jwk).verify(token)).rejects.toMatchObject({
      rejection: "unsupported_algorithm",
    });
  });

  it("that is not on its curve is the provider's fault", async () => {
    const [{ jwk, privateKey }] = pairsOf("ES256");
    const token = await sign(claims(), privateKey, { alg: "ES256" });

    await expect(verifier({ ...jwk, x: "AAAA" }).verify(token)).rejects.toMatchObject({
      code: "keys_unavailable",
      cause: expect.anything(),
    });
  });

  it("is imported once, however many tokens come first", async () => {
    const [{ jwk, privateKey }] = pairsOf("ES256");
    const tokens = await Promise.all(
      Array.from({ length: 20 }, (_, n) =>
        sign(claims({ jti: `${n}` }), privateKey, { alg: "ES256" }),
      ),
    );
    const { verify } = verifier(jwk);
    const imports = vi.spyOn(crypto.subtle, "importKey");

    await Promise.all(tokens.map((token) => verify(token)));

    expect(imports).toHaveBeenCalledTimes(1);
  });

  it("is imported for verifying and nothing else", async () => {
    const [{ jwk, privateKey }] = pairsOf("ES256");
    const imports = vi.spyOn(crypto.subtle, "importKey");

    const token = await sign(claims(), privateKey, { alg: "ES256" });

    await verifier({ ...jwk, ext: true }).verify(token);

    expect(imports.mock.calls[0]?.[4]).toEqual(["verify"]);
  });
});

import { describe, expect, it } from "vitest";
import { checkProofSignature } from "../../../../src/adapters/jwt/dpop/proof-key.ts";
import { readProof } from "../../../../src/adapters/jwt/dpop/proof-reader.ts";
import {
  createDpopVerifier,
  type DpopVerifierOptions,
} from "../../../../src/adapters/jwt/index.ts";
import type { BoundPrincipal } from "../../../../src/domain/principal.ts";
import { createClient, digest } from "../../../http/bearer/dpop/client.ts";
import { adjustableClock, clock, nowSeconds } from "../token-signer.ts";

const client = await createClient();
const bound = { kind: "user", confirmation: { thumbprint: client.thumbprint } } as BoundPrincipal;

/** A verifier that takes any token, and all that its replay store was asked to remember. */
function createVerifier(options: Partial<DpopVerifierOptions> = {}) {
  const added: (readonly [string, number])[] = [];
  const replays = {
    async add(id: string, until: number) {
      added.push([id, until]);
      return true;
    },
  };
  const verifier = { verifyBound: async () => bound };
  const publicUrl = "https://api.example";
  return { added, ...createDpopVerifier({ verifier, publicUrl, replays, clock, ...options }) };
}

async function request(changes: object = {}, header: object = {}) {
  const accessToken = "token";
  const claims = {
    jti: "proof-1",
    htm: "GET",
    htu: "https://api.example/orders",
    iat: nowSeconds,
    ath: await digest(accessToken),
    ...changes,
  };
  const proof = await client.sign(
    { typ: "dpop+jwt", alg: "ES256", jwk: client.jwk, ...header },
    claims,
  );
  return { accessToken, method: "GET", url: "http://internal/orders", proof };
}

describe("a proof", () => {
  it("is remembered by key and id until it is too old by any clock", async () => {
    const { verify, added } = createVerifier({ maxAgeSeconds: 40, clockToleranceSeconds: 7 });

    expect(await verify(await request({ iat: nowSeconds - 0.5 }))).toBe(bound);
    expect(await verify(await request())).toBe(bound);

    const id = await digest(`${client.thumbprint}\nproof-1`);
    expect(added).toEqual([
      [id, nowSeconds + 40 + 7 + 1],
      [id, nowSeconds + 40 + 7 + 1],
    ]);
  });

  it("may be a minute old and five seconds ahead where nothing else is said", async () => {
    const { verify, added } = createVerifier();

    await verify(await request({ iat: nowSeconds - 60 }));
    await verify(await request({ iat: nowSeconds + 5 }));

    expect(added.map(([, until]) => until)).toEqual([nowSeconds + 6, nowSeconds + 71]);
    for (const iat of [nowSeconds - 60.5, nowSeconds + 5.5]) {
      await expect(verify(await request({ iat }))).rejects.toMatchObject({
        rejection: "invalid_proof",
      });
    }
  });

  it.each<[string, object, object]>([
    ["whose id is none", { jti: 7 }, {}],
    ["of another request", { htm: "POST" }, {}],
    ["with another algorithm than is taken", {}, { alg: "ES512" }],
    ["with no key", {}, { jwk: undefined }],
  ])("%s is refused with its cause, and not remembered", async (_what, claims, header) => {
    const { verify, added } = createVerifier();

    const refusal = { code: "invalid_token", rejection: "invalid_proof", cause: expect.any(Error) };
    await expect(verify(await request(claims, header))).rejects.toMatchObject(refusal);
    expect(added).toEqual([]);
  });

  it("is refused in words of ours, or with the words of whoever refused it", async () => {
    const { verify } = createVerifier();
    const causes = async (claims: object, header: object = {}) => {
      const error: unknown = await verify(await request(claims, header)).catch((caught) => caught);
      const chain = [];
      for (let link = error; link instanceof Error; link = link.cause) chain.push(link.name);
      return chain;
    };

    expect(await causes({ htm: "POST" })).toEqual(["IdentityError", "Error"]);
    expect(await causes({}, { alg: "ES512" })).toEqual(["IdentityError", "Error"]);
    expect(await causes({ jti: 7 })).toEqual(["IdentityError", "Error", "IdentityError"]);
  });

  it("is refused of a key that is none", async () => {
    const { proof } = await request({}, { jwk: undefined });

    await expect(checkProofSignature(readProof(proof), bound.confirmation)).rejects.toMatchObject({
      code: "invalid_token",
      rejection: "invalid_proof",
    });
  });

  it("is remembered by the verifier's clock where no store is named", async () => {
    const moving = adjustableClock();
    const verifier = { verifyBound: async () => bound };
    const publicUrl = "https://api.example";
    const { verify } = createDpopVerifier({ verifier, publicUrl, clock: moving });
    const refusal = { rejection: "invalid_proof" };

    expect(await verify(await request())).toBe(bound);
    await expect(verify(await request())).rejects.toMatchObject(refusal);
    moving.time += 67_000;
    expect(await verify(await request({ iat: nowSeconds + 67 }))).toBe(bound);
    await expect(verify(await request({ iat: nowSeconds + 67 }))).rejects.toMatchObject(refusal);
  });

  it("is not taken while its store cannot be asked", async () => {
    const failure = new Error("connection refused");
    const { verify } = createVerifier({ replays: { add: () => Promise.reject(failure) } });

    await expect(verify(await request())).rejects.toMatchObject({
      code: "provider_unavailable",
      cause: failure,
    });
  });

  it("holds a nonce where nonces are asked for, and is not remembered without", async () => {
    const nonces = { secret: "0123456789abcdef0123456789abcdef" };
    const { verify, added, nonce } = createVerifier({ nonces });

    for (const wrong of [undefined, "7", ["7"]]) {
      await expect(verify(await request({ nonce: wrong }))).rejects.toMatchObject({
        code: "invalid_token",
        rejection: "nonce_required",
      });
    }
    expect(added).toEqual([]);
    expect(await verify(await request({ nonce: await nonce() }))).toBe(bound);
  });

  it("needs no nonce where none are asked for", async () => {
    expect(await createVerifier().nonce()).toBeUndefined();
  });

  it("is signed with what every runtime verifies, where nothing else is said", () => {
    const expected = ["ES256", "ES384", "EdDSA", "Ed25519", "PS256", "RS256"];

    expect(createVerifier().algorithms).toEqual(expected);
    expect(createVerifier({ algorithms: ["ES512"] }).algorithms).toEqual(["ES512"]);
  });
});

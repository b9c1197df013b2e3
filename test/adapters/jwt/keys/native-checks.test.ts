import nodeCrypto from "node:crypto";
import { exportJWK, generateKeyPair } from "jose";
import { afterEach, describe, expect, it, vi } from "vitest";
import { signatureAlgorithm } from "../../../../src/adapters/jwt/format/algorithms.ts";
import { nativeChecks } from "../../../../src/adapters/jwt/keys/native-checks.ts";
import { publicKeyParameters } from "../../../../src/adapters/jwt/keys/public-key.ts";

afterEach(() => {
  vi.restoreAllMocks();
  vi.unstubAllGlobals();
});

async function keyFor(name: string, options: { readonly modulusLength?: number } = {}) {
  const { privateKey, publicKey } = await generateKeyPair(name, { ...options, extractable: true });
  const parameters = publicKeyParameters(await exportJWK(publicKey));
  const algorithm = signatureAlgorithm(name);
  if (!parameters || !algorithm) throw new Error(`No key for ${name}.`);
  const checks = () => nativeChecks(parameters, algorithm);
  return { privateKey, publicKey, algorithm, checks };
}

const signed = new TextEncoder().encode("header.payload");

describe.each(["RS256", "RS384", "RS512"])("a check of the runtime's own with %s", (name) => {
  it("says what WebCrypto says", async () => {
    const { privateKey, publicKey, algorithm, checks } = await keyFor(name);
    const other = await keyFor(name);
    const sign = async (key: CryptoKey) =>
      new Uint8Array(await crypto.subtle.sign(algorithm.verification, key, signed));
    const good = await sign(privateKey);
    const signatures = [
      good,
      good.with(0, (good[0] ?? 0) ^ 1),
      good.with(255, (good[255] ?? 0) ^ 1),
      good.subarray(0, 255),
      Uint8Array.of(...good, 0),
      Uint8Array.of(0, ...good),
      new Uint8Array(256),
      new Uint8Array(256).fill(255),
      new Uint8Array(0),
      await sign(other.privateKey),
    ];

    for (const [at, signature] of signatures.entries()) {
      const said = await crypto.subtle.verify(algorithm.verification, publicKey, signature, signed);
      expect(said).toBe(at === 0);
      expect(checks()?.now(signature, signed)).toBe(said);
      expect(checks()?.now(signature, signed.subarray(1))).toBe(false);
      expect(await checks()?.aside?.(signature, signed)).toBe(said);
      expect(await checks()?.aside?.(signature, signed.subarray(1))).toBe(false);
    }
  });
});

describe("there is no native check", () => {
  it.each(["PS256", "ES256", "ES384", "EdDSA"])("with %s", async (name) => {
    expect((await keyFor(name)).checks()).toBeUndefined();
  });

  it("with a modulus of more than 4096 bits", async () => {
    expect((await keyFor("RS256", { modulusLength: 4096 })).checks()).toBeDefined();
    expect((await keyFor("RS256", { modulusLength: 4104 })).checks()).toBeUndefined();
  });

  it.each([
    ["is no Node", "process", {}],
    ["has no process", "process", undefined],
    ["has no node:crypto", "process", { getBuiltinModule: () => undefined }],
    ["is Workers, which need none", "navigator", { userAgent: "Cloudflare-Workers" }],
  ])("where the runtime %s", async (_what, name, value) => {
    const { checks } = await keyFor("RS256");
    vi.stubGlobal(name, value);

    expect(checks()).toBeUndefined();
  });

  it("where the runtime has no navigator, there is one all the same", async () => {
    const { checks } = await keyFor("RS256");
    vi.stubGlobal("navigator", undefined);

    expect(checks()).toBeDefined();
  });

  it("where node:crypto does not take the key", async () => {
    const { checks } = await keyFor("RS256");
    vi.spyOn(nodeCrypto, "createPublicKey").mockImplementation(() => {
      throw new TypeError("Invalid JWK RSA key");
    });

    expect(checks()).toBeUndefined();
  });
});

describe("a check aside", () => {
  it("fails where the runtime fails to check", async () => {
    const { checks } = await keyFor("RS256");
    const native = checks();
    const failure = new TypeError("no signature");
    vi.spyOn(nodeCrypto, "verify").mockImplementation(((...terms: readonly unknown[]) => {
      const told = terms[4] as (error: Error) => void;
      told(failure);
    }) as typeof nodeCrypto.verify);

    await expect(native?.aside?.(signed, signed)).rejects.toBe(failure);
  });

  it.each(["Deno/2.9.5", "Bun/1.4.5", undefined])(
    "is left to WebCrypto where the runtime calls itself %s",
    async (userAgent) => {
      const { checks } = await keyFor("RS256");
      vi.stubGlobal("navigator", { userAgent });

      expect(Object.keys(checks() ?? {})).toEqual(["now"]);
    },
  );
});

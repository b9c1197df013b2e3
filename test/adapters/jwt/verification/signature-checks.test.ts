import { afterEach, describe, expect, it, vi } from "vitest";
import type { NativeChecks } from "../../../../src/adapters/jwt/keys/native-checks.ts";
import type { ImportedKey } from "../../../../src/adapters/jwt/keys/verification-keys.ts";
import { createSignatureChecks } from "../../../../src/adapters/jwt/verification/signature-checks.ts";

afterEach(() => vi.restoreAllMocks());

const bytes = new Uint8Array(1);
const header = {
  algorithm: "RS256",
  keyId: "k",
  keyName: "RS256 k",
  type: undefined,
  namesKeyAddress: false,
};
const tokenOf = (text: string) => ({
  text,
  header,
  claims: {},
  signature: bytes,
  signingInput: bytes,
  memory: bytes,
});

/** The runtime's two ways, the slow one under the test's control. */
function world(native?: NativeChecks) {
  const later = Promise.withResolvers<boolean>();
  const webCrypto = vi.spyOn(crypto.subtle, "verify").mockReturnValue(later.promise);
  // WebCrypto has no key where the runtime needs none of it.
  const imported = native?.aside ? {} : { key: {} };
  const key = {
    name: "RS256 k",
    native,
    verification: { name: "any" },
    ...imported,
  } as ImportedKey;
  return { checks: createSignatureChecks(), key, webCrypto, later };
}

describe("a check of a signature", () => {
  it("is done at once where the runtime can and no other is under way", () => {
    const { checks, key, webCrypto } = world({ now: () => true });

    expect(checks.begin(tokenOf("a"), 1, key).isGood).toBe(true);
    expect(checks.begin(tokenOf("b"), 2, key).isGood).toBeInstanceOf(Promise);
    expect(webCrypto).toHaveBeenCalledTimes(1);
  });

  it("is done aside in the runtime's own way where it has one", async () => {
    const aside = vi.fn(async () => false);
    const { checks, key, webCrypto } = world({ now: () => true, aside });
    checks.begin(tokenOf("a"), 1, key);

    const { isGood } = checks.begin(tokenOf("b"), 2, key);

    expect(await isGood).toBe(false);
    expect(aside).toHaveBeenCalledExactlyOnceWith(bytes, bytes);
    expect(webCrypto).not.toHaveBeenCalled();
  });

  it("is left to WebCrypto where the runtime cannot", () => {
    const { checks, key } = world();

    expect(checks.begin(tokenOf("a"), 1, key).isGood).toBeInstanceOf(Promise);
  });

  it("is done at once again when all others are over, each counted once", () => {
    const { checks, key } = world({ now: () => true });
    const first = checks.begin(tokenOf("a"), 1, key);
    const second = checks.begin(tokenOf("b"), 2, key);

    for (const check of [first, first, first]) checks.end(check);
    expect(checks.begin(tokenOf("c"), 3, key).isGood).toBeInstanceOf(Promise);
    const third = checks.begin(tokenOf("c"), 3, key);
    for (const check of [second, third]) checks.end(check);
    expect(checks.begin(tokenOf("d"), 4, key).isGood).toBe(true);
  });

  it("that the runtime throws at is not under way", () => {
    const { checks, key } = world();
    const failing = () => {
      throw new TypeError("no signature");
    };

    expect(() => checks.begin(tokenOf("a"), 1, { ...key, native: { now: failing } })).toThrow(
      TypeError,
    );
    expect(checks.begin(tokenOf("a"), 1, { ...key, native: { now: () => true } }).isGood).toBe(
      true,
    );
  });
});

describe("a check that is under way", () => {
  it("is shared by those who ask for the same token and key until it ends", () => {
    const { checks, key, webCrypto } = world();
    const check = checks.begin(tokenOf("a"), 1, key);

    expect(checks.begin(tokenOf("a"), 1, key)).toBe(check);
    expect(webCrypto).toHaveBeenCalledTimes(1);
    checks.end(check);
    expect(checks.begin(tokenOf("a"), 1, key)).not.toBe(check);
  });

  it.each([
    ["another token", "b", {}],
    ["another key", "a", { name: "RS256 other" }],
  ])("is not shared with %s whose end is like its own", (_case, text, changes) => {
    const { checks, key } = world();
    const check = checks.begin(tokenOf("a"), 1, key);
    const other = checks.begin(tokenOf(text), 1, { ...key, ...changes });

    expect(other).not.toBe(check);
    // The first one's end leaves the other noted.
    checks.end(check);
    expect(checks.begin(tokenOf(text), 1, other.key)).toBe(other);
  });
});

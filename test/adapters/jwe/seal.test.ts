import { hkdfSync } from "node:crypto";
import { CompactEncrypt, compactDecrypt } from "jose";
import { describe, expect, test } from "vitest";
import { createJweSeal } from "../../../src/adapters/jwe/index.ts";

const [newer, older] = ["n".repeat(32), "o".repeat(32)];

const sealOf = (...secrets: readonly string[]) => createJweSeal({ secrets });

describe("a seal", () => {
  test("opens what it sealed", async () => {
    const seal = sealOf(newer);
    const text = JSON.stringify({ name: "Ada Lovelace — Gräfin", groups: ["😀"] });
    const sealed = await seal.seal("a purpose", text);

    expect(await seal.open("a purpose", sealed)).toBe(text);
  });

  test("shows nothing of it, and never the same twice", async () => {
    const seal = sealOf(newer);
    const [once, again] = await Promise.all([seal.seal("p", "secret"), seal.seal("p", "secret")]);

    expect(once).not.toBe(again);
    expect(once).toMatch(/^[\w.-]+$/);
    const [header = ""] = once.split(".");
    expect(JSON.parse(atob(header))).toEqual({
      alg: "dir",
      enc: "A256GCM",
      kid: expect.stringMatching(/^[\w-]{11}$/),
    });
  });

  test("speaks the format that a library for all of it reads and writes", async () => {
    const seal = sealOf(newer);
    const key = new Uint8Array(hkdfSync("sha256", newer, "portico", "p", 32));

    const { plaintext, protectedHeader } = await compactDecrypt(await seal.seal("p", "text"), key);
    expect(new TextDecoder().decode(plaintext)).toBe("text");

    const theirs = await new CompactEncrypt(new TextEncoder().encode("theirs"))
      .setProtectedHeader(protectedHeader)
      .encrypt(key);
    expect(await seal.open("p", theirs)).toBe("theirs");
  });

  test("opens nothing that was sealed for another purpose", async () => {
    const seal = sealOf(newer);
    const sealed = await seal.seal("one", "text");

    expect(await seal.open("other", sealed)).toBeUndefined();
    expect(await seal.open("one", sealed)).toBe("text");
    expect(await seal.open("other", sealed)).toBeUndefined();
  });

  test("goes on opening what an older secret sealed, and seals with the newest", async () => {
    const before = await sealOf(older).seal("p", "text");
    const rotated = sealOf(newer, older);

    expect(await rotated.open("p", before)).toBe("text");
    const since = await rotated.seal("p", "text");
    expect(await sealOf(newer).open("p", since)).toBe("text");
    expect(await sealOf(older).open("p", since)).toBeUndefined();
    expect(await sealOf(newer).open("p", before)).toBeUndefined();
  });

  test.each([
    ["nothing", () => ""],
    ["some text", () => "abc"],
    ["five parts of nothing", () => "...."],
    ["another last character", (sealed: string) => `${sealed.slice(0, -2)}AA`],
    ["a part less", (sealed: string) => sealed.split(".").slice(0, 4).join(".")],
    ["a part more", (sealed: string) => `${sealed}.AA`],
    ["padding", (sealed: string) => `${sealed}==`],
    ["space", (sealed: string) => sealed.replace(/(...)$/, " $1")],
    ["a line's end", (sealed: string) => `${sealed}\n`],
    ["no tag", (sealed: string) => `${sealed.split(".").slice(0, 4).join(".")}.`],
    [
      "a header that names no key",
      (sealed: string) =>
        [
          btoa('{"alg":"dir","enc":"A256GCM"}').replace(/=+$/, ""),
          ...sealed.split(".").slice(1),
        ].join("."),
    ],
    [
      "a header that names another algorithm",
      (sealed: string) => {
        const [header = "", ...rest] = sealed.split(".");
        const { kid } = JSON.parse(atob(header));
        const other = btoa(JSON.stringify({ alg: "PBES2-HS256+A128KW", enc: "A256GCM", kid }));
        return [other.replace(/=+$/, ""), ...rest].join(".");
      },
    ],
  ])("opens nothing of %s", async (_name, change) => {
    const seal = sealOf(newer);
    const sealed = await seal.seal("p", "text");

    expect(await seal.open("p", change(sealed))).toBeUndefined();
  });

  test.each([[[]], [["short"]], [[newer, "short"]]])("is not made of %j", (secrets) => {
    expect(() => sealOf(...secrets)).toThrow(TypeError);
  });
});

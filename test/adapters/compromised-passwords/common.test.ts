import { describe, expect, test } from "vitest";
import { commonDigests } from "../../../src/adapters/compromised-passwords/common-digests.ts";
import { createCommonPasswords } from "../../../src/adapters/compromised-passwords/index.ts";
import { newEmailUser } from "../../contract/new-email-user.ts";

const list = createCommonPasswords();

describe("the most common passwords", () => {
  test.each(["password", "12345678", "qwertyuiop", "trustno1", "PassWord", "Football"])(
    "have %s among them, in whatever case",
    async (password) => expect(await list.has(password)).toBe(true),
  );

  test.each(["Correct-Horse-7", "correct horse battery staple", newEmailUser().password])(
    "have %s not among them",
    async (password) => expect(await list.has(password)).toBe(false),
  );

  test("are five thousand digests in order, each once, in twenty thousand bytes", () => {
    const bytes = Buffer.from(commonDigests, "base64");
    const digests = Array.from({ length: bytes.length / 4 }, (_, index) =>
      bytes.readUInt32BE(index * 4),
    );

    expect(bytes.length).toBe(20_000);
    expect(digests).toEqual([...new Set(digests)].toSorted((a, b) => a - b));
  });

  test("take a good password for one of them by chance in no thousand of tries", async () => {
    const tries = Array.from({ length: 1000 }, () => list.has(crypto.randomUUID()));

    expect(await Promise.all(tries)).not.toContain(true);
  });
});

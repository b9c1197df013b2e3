import { createHmac } from "node:crypto";
import { expect, test } from "vitest";
import { createAccountHash } from "../../../src/adapters/system/account-hash.ts";

const one = createAccountHash("a".repeat(32));
const other = createAccountHash("b".repeat(32));

test("the hash of an account is the same for its name in any case, and another for any other name or secret", async () => {
  const hash = await one("ada@example.com");

  expect(hash).toMatch(/^[0-9a-f]{32}$/);
  // As docs/operations.md tells operators to find it.
  const hmac = createHmac("sha256", "a".repeat(32)).update("account ada@example.com");
  expect(hash).toBe(hmac.digest("hex").slice(0, 32));
  expect(await one("Ada@Example.com")).toBe(hash);
  expect(await one("ada@example.org")).not.toBe(hash);
  expect(await other("ada@example.com")).not.toBe(hash);
});

import { createHmac } from "node:crypto";
import { expect, test } from "vitest";
import { createDigest } from "../../../../src/adapters/better-auth/stores/digest.ts";

test("a digest is HMAC-SHA-256 under the secret for this use alone", async () => {
  const expected = createHmac("sha256", "portico secret").update("caf\u00e9").digest("base64url");

  expect(await createDigest("secret")("caf\u00e9")).toBe(expected);
});

import { createHash, createHmac } from "node:crypto";
import process from "node:process";
import { afterEach, describe, expect, it, vi } from "vitest";
import { hmacSha256, sha256 } from "../../../src/adapters/shared/digest.ts";

afterEach(() => vi.restoreAllMocks());

const messages = ["", "a", "portico", "ä".repeat(1000)].map((text) =>
  new TextEncoder().encode(text),
);

describe.each([
  ["node:crypto", { createHash, createHmac }],
  ["WebCrypto alone", undefined],
])("digests of %s", (_name, found) => {
  it("are HMAC-SHA256 and SHA-256", async () => {
    vi.spyOn(process, "getBuiltinModule").mockReturnValue(found as never);
    for (const message of messages) {
      const hmac = createHmac("sha256", "geheim-ä").update(message).digest("hex");
      const hash = createHash("sha256").update(message).digest("hex");

      expect(Buffer.from(await hmacSha256("geheim-ä", message)).toString("hex")).toBe(hmac);
      expect(Buffer.from(await sha256(message)).toString("hex")).toBe(hash);
    }
  });
});

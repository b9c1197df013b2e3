import { describe, expect, test } from "vitest";
import { missingPeer } from "../../../../src/adapters/shared/peers/missing-peer.ts";

describe("missingPeer", () => {
  test.each([
    ["pg", "pg"],
    ["better-auth/plugins", "better-auth"],
    ["@redis/client", "@redis/client"],
    ["@simplewebauthn/server/helpers", "@simplewebauthn/server"],
  ])("says of %s to install %s, and keeps the cause", (name, installed) => {
    const cause = new Error("no such module");

    const { message, cause: kept } = missingPeer(name, cause);

    expect(message.endsWith(`npm install ${installed}`)).toBe(true);
    expect(kept).toBe(cause);
  });
});

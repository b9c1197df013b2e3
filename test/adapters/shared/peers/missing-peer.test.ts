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

    const error = missingPeer(name, cause);

    expect(error).toMatchObject({ cause, message: expect.stringMatching(/ npm install \S+$/) });
    expect(String(error).endsWith(` ${installed}`)).toBe(true);
  });

  test("leaves the absence of a module that is the runtime's own as it is", () => {
    const cause = new Error("no such module");

    expect(missingPeer("node:sqlite", cause)).toBe(cause);
  });
});

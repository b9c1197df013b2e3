import { describe, expect, test } from "vitest";
import { withFaults } from "../../../src/adapters/memory/index.ts";
import { findMissingParts, publishedKeys } from "../../../src/domain/use-cases/service.ts";
import { createMemoryPorts } from "../../support/memory-ports.ts";

/** A provider that can be given faults. */
function start() {
  return withFaults(createMemoryPorts().memory);
}

describe("a service", () => {
  test("publishes public keys, and no private member of one", async () => {
    const { keys } = await publishedKeys(start());

    expect(keys.length).toBeGreaterThan(0);
    expect(keys.filter((key) => "d" in key || "p" in key || "k" in key)).toEqual([]);
  });

  test("is ready while the provider is down, as long as its keys can be had", async () => {
    const provider = start();
    provider.inject({ kind: "server_error" });

    expect(await findMissingParts(provider)).toEqual([]);
  });

  test("is not ready without keys", async () => {
    const provider = start();
    provider.inject({ kind: "keys_unavailable" });

    const missing = await findMissingParts(provider);

    expect(missing).toMatchObject([{ name: "signing_keys", cause: { code: "keys_unavailable" } }]);
  });

  test("is not ready without what it was given to check, and tells all that is missing", async () => {
    const cause = new Error("gone");
    const readiness = [
      { name: "database", check: () => Promise.reject(cause) },
      { name: "well", check: async () => undefined },
      {
        name: "revocation_list",
        check: () => {
          throw cause;
        },
      },
    ];

    expect(await findMissingParts({ ...start(), readiness })).toEqual([
      { name: "database", cause },
      { name: "revocation_list", cause },
    ]);
  });
});

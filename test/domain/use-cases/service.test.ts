import { describe, expect, test } from "vitest";
import { withFaults } from "../../../src/adapters/memory/index.ts";
import { checkReadiness, publishedKeys } from "../../../src/domain/use-cases/service.ts";
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

    await expect(checkReadiness(provider)).resolves.toBeUndefined();
  });

  test("is not ready without keys", async () => {
    const provider = start();
    provider.inject({ kind: "keys_unavailable" });

    await expect(checkReadiness(provider)).rejects.toMatchObject({ code: "keys_unavailable" });
  });
});

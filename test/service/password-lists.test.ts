import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { describe, expect, onTestFinished, test } from "vitest";
import type { Environment } from "../../src/adapters/shared/settings.ts";
import type { Place } from "../../src/service/exposure.ts";
import { readPasswordListSettings } from "../../src/service/password-lists.ts";

const common = "password1";

/** Makes the lists of an environment, and keeps what is logged. */
function listsOf(environment: Environment, place: Place = {}) {
  const logged: unknown[] = [];
  const read = readPasswordListSettings(environment, place);
  const lists = read.ok ? read.value((...line) => logged.push(line)) : undefined;
  return { faults: read.ok ? [] : read.faults, lists, logged };
}

describe("passwords that nobody is to have", () => {
  test("are the common ones, unless others are named", async () => {
    expect(await listsOf({}).lists?.has(common)).toBe(true);
    expect(listsOf({ COMPROMISED_PASSWORDS: "off" }).lists).toBeUndefined();
  });

  test("are none on Workers, unless they are named", async () => {
    const named = listsOf({ COMPROMISED_PASSWORDS: "common" }, { isHosted: true });

    expect(listsOf({}, { isHosted: true }).lists).toBeUndefined();
    expect(await named.lists?.has(common)).toBe(true);
  });

  test("are asked for elsewhere where no list at hand has them, and a failure is logged without them", async () => {
    const asked: unknown[] = [];
    const server = createServer(({ url }, response) => {
      asked.push(url);
      response.writeHead(500).end();
    });
    await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
    onTestFinished(() => void server.close());
    const { port } = server.address() as AddressInfo;
    const { lists, logged } = listsOf({
      COMPROMISED_PASSWORDS: "range, common",
      COMPROMISED_PASSWORDS_URL: `http://127.0.0.1:${port}/ranges`,
    });
    const answers = [await lists?.has(common), await lists?.has("Correct-Horse-7")];

    expect(answers).toEqual([true, false]);
    expect(asked).toEqual([expect.stringMatching(/^\/ranges\/[0-9A-F]{5}$/)]);
    const event = "compromised_passwords";
    expect(logged).toEqual([["warn", { event, outcome: "failure", reason: "Error" }]]);
  });

  test.each([
    [{ COMPROMISED_PASSWORDS: "commn" }, "COMPROMISED_PASSWORDS: must be off, or one or more of"],
    [{ COMPROMISED_PASSWORDS: "off,common" }, "COMPROMISED_PASSWORDS: must be off"],
    [
      { COMPROMISED_PASSWORDS: "range", COMPROMISED_PASSWORDS_URL: "http://example.com/" },
      "COMPROMISED_PASSWORDS_URL: must be an https address",
    ],
    [
      { COMPROMISED_PASSWORDS: "range", COMPROMISED_PASSWORDS_URL: "https://example.com/?p=" },
      "COMPROMISED_PASSWORDS_URL: must be an https address",
    ],
  ])("are not set by %j", (environment, fault) => {
    expect(listsOf(environment).faults).toEqual([expect.stringContaining(fault)]);
  });
});

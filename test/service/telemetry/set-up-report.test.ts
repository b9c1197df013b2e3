import { expect, test } from "vitest";
import { reportSetUp } from "../../../src/service/telemetry/set-up-report.ts";

/** The entries that are logged of a check. */
async function logOf(checkSetUp?: Parameters<typeof reportSetUp>[1]["checkSetUp"]) {
  const entries: unknown[] = [];
  await reportSetUp(
    (level, entry) => entries.push([level, entry]),
    checkSetUp ? { checkSetUp } : {},
  );
  return entries;
}

const event = "provider_set_up";

test("what is wrong is a warning, and what was not checked is none", async () => {
  const wrong = {
    subject: "auth_flow",
    outcome: "wrong",
    message: "No user can sign in.",
  } as const;
  const open = { subject: "user_pool", outcome: "not_checked", message: "Who knows." } as const;

  expect(await logOf(async () => [wrong, open])).toEqual([
    ["warn", { event, ...wrong }],
    ["info", { event, ...open }],
  ]);
});

test("a provider that cannot be checked has nothing to say", async () => {
  expect(await logOf()).toEqual([]);
});

test("a check that fails stops nothing", async () => {
  expect(await logOf(() => Promise.reject(new TypeError("secret")))).toEqual([
    ["info", { event, outcome: "not_checked", reason: "TypeError" }],
  ]);
});

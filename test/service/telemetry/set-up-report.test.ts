import { expect, test } from "vitest";
import { type CheckedPart, reportSetUp } from "../../../src/service/telemetry/set-up-report.ts";

/** The entries that are logged of a check. */
async function logOf(
  checkSetUp?: CheckedPart["checkSetUp"],
  level: Pick<CheckedPart, "level"> = {},
) {
  const entries: unknown[] = [];
  const log = (told: string, entry: object) => entries.push([told, entry]);
  await reportSetUp(log, { event, checkSetUp, ...level });
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

test("what keeps people out is an error", async () => {
  const wrong = { subject: "redis_url", outcome: "wrong", message: "It is a cluster." } as const;

  expect(await logOf(async () => [wrong], { level: "error" })).toEqual([
    ["error", { event, ...wrong }],
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

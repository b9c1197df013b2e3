import {
  ListUserPoolsCommand,
  ResendConfirmationCodeCommand,
} from "@aws-sdk/client-cognito-identity-provider";
import { describe, expect, test } from "vitest";
import {
  initiate,
  named,
  refusalOf,
  signUp,
  signUpProven,
  startWorld,
  type World,
} from "./support.ts";

const list = ({ sdk }: World) => sdk.send(new ListUserPoolsCommand({ MaxResults: 1 }));

describe("faults", () => {
  test.each([
    ["throttling", /^TooManyRequestsException: Rate exceeded$/],
    ["server_error", /^InternalErrorException/],
    ["malformed_answer", /^SyntaxError/],
  ] as const)("faults show as the SDK shows %s, as often as told", async (kind, expected) => {
    const world = await startWorld();
    world.server.faults.inject({ kind, times: 1 });

    expect(await refusalOf(list(world))).toMatch(expected);
    await expect(list(world)).resolves.toBeDefined();
  });

  test("faults meet the operations that are named", async () => {
    const world = await startWorld();
    await signUpProven(world);
    world.server.faults.inject({ kind: "server_error", operations: ["InitiateAuth"] });

    await expect(list(world)).resolves.toBeDefined();
    expect(await refusalOf(initiate(world))).toMatch(/^InternalErrorException/);
    world.server.faults.clear();
    await expect(initiate(world)).resolves.toBeDefined();
  });

  test("faults meet a share of the requests", async () => {
    const world = await startWorld();
    world.server.faults.inject({ kind: "server_error", rate: 0.5 });

    const outcomes = await Promise.allSettled(Array.from({ length: 40 }, () => list(world)));

    const failed = outcomes.filter(({ status }) => status === "rejected").length;
    expect(failed).toBeGreaterThan(5);
    expect(failed).toBeLessThan(35);
  });

  test("faults lose an answer to what was done", async () => {
    const world = await startWorld();
    await signUp(world);
    const before = world.lastCode();
    world.server.faults.inject({ kind: "lost_answer", times: 1 });
    const resend = new ResendConfirmationCodeCommand(named(world));

    const lost = world.sdk.send(resend, { abortSignal: AbortSignal.timeout(300) });

    expect(await refusalOf(lost)).toMatch(/Abort|Timeout/);
    expect(world.lastCode()).not.toBe(before);
  });

  test("faults keep the keys back", async () => {
    const world = await startWorld();
    const uri = `${world.endpoint}/${world.poolId}/.well-known/jwks.json`;
    world.server.faults.inject({ kind: "keys_unavailable", times: 1 });

    expect((await fetch(uri)).status).toBe(503);
    expect((await fetch(uri)).status).toBe(200);
  });
});

test("new keys are published beside the old ones", async () => {
  const world = await startWorld();
  const uri = `${world.endpoint}/${world.poolId}/.well-known/jwks.json`;
  const keys = async () => {
    const { keys } = (await (await fetch(uri)).json()) as { keys: readonly { kid: string }[] };
    return keys.map(({ kid }) => kid);
  };
  const before = await keys();

  world.server.rotateKeysOf(world.poolId);

  const after = await keys();
  expect(before).toHaveLength(2);
  expect(after).toHaveLength(4);
  expect(after).toEqual(expect.arrayContaining(before));
});

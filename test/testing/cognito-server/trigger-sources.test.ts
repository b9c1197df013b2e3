import { describe, expect, onTestFinished, test } from "vitest";
import { serve } from "../../../src/node.ts";
import { httpTrigger } from "../../../src/testing/cognito-server/triggers/http-trigger.ts";
import { triggerOfModule } from "../../../src/testing/cognito-server/triggers/lambda-handler.ts";
import type { CognitoTrigger, CognitoTriggerEvent } from "../../../src/testing/index.ts";

const event: CognitoTriggerEvent = {
  version: "1",
  region: "us-east-1",
  userPoolId: "us-east-1_AbCdEfGhI",
  userName: "ada",
  triggerSource: "PreSignUp_SignUp",
  callerContext: { awsSdkVersion: "aws-sdk-unknown-unknown", clientId: "client" },
  request: {},
  response: {},
};

describe("a module", () => {
  type Callback = (error: unknown, result?: unknown) => void;

  test.each<[string, object]>([
    ["has a handler", { handler: async (given: unknown) => given }],
    [
      "has a handler in what it exports by default",
      { default: { handler: (one: unknown) => one } },
    ],
    ["exports one by default", { default: (given: unknown) => given }],
    [
      "has a handler that calls back",
      {
        handler(given: unknown, _context: object, callback: Callback) {
          callback(null, given);
        },
      },
    ],
    [
      "has a handler that is done in its context",
      {
        handler(given: unknown, context: { done: Callback }, _callback: Callback) {
          context.done(null, given);
        },
      },
    ],
  ])("%s", async (_case, module) => {
    expect(await triggerOfModule(module)(event)).toBe(event);
  });

  test.each<[string, object]>([
    [
      "throws",
      {
        handler() {
          throw new Error("not today");
        },
      },
    ],
    ["rejects", { handler: async () => Promise.reject(new Error("not today")) }],
    [
      "calls back with an error",
      {
        handler(_event: unknown, _context: object, callback: Callback) {
          callback(new Error("not today"));
        },
      },
    ],
  ])("%s, and the error is the function's", async (_case, module) => {
    await expect(triggerOfModule(module)(event)).rejects.toThrow("not today");
  });

  test("without a handler is refused", () => {
    expect(() => triggerOfModule({ other: 1 })).toThrow(TypeError);
  });
});

describe("an address", () => {
  async function addressOf(
    answer: (request: Request) => Promise<Response>,
  ): Promise<CognitoTrigger> {
    const { port, close } = await serve({ fetch: answer, port: 0 });
    onTestFinished(close);
    return httpTrigger(`http://127.0.0.1:${port}/2015-03-31/functions/function/invocations`);
  }

  test("gets the event, and gives it back", async () => {
    const trigger = await addressOf(async (request) => {
      const given = (await request.json()) as object;
      return Response.json({ ...given, response: { autoConfirmUser: true } });
    });

    expect(await trigger(event)).toEqual({ ...event, response: { autoConfirmUser: true } });
  });

  test("that answers with an error of the function's passes that on", async () => {
    const trigger = await addressOf(async () => Response.json({ errorMessage: "not today" }));

    await expect(trigger(event)).rejects.toThrow("not today");
  });

  test("that answers with no JSON is no function", async () => {
    const trigger = await addressOf(async () => new Response("<html>"));

    await expect(trigger(event)).rejects.toMatchObject({ type: "UnexpectedLambda" });
  });
});

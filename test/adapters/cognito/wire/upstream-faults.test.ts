import { describe, expect, it } from "vitest";
import { sickness } from "../../../support/cognito-upstream-answers.ts";
import { timed } from "../../../support/timed.ts";
import {
  calls,
  callsOf,
  type Method,
  methods,
  operations,
  password,
  providerAt,
  startUpstream,
  username,
} from "../fixtures.ts";

type Sickness = keyof typeof sickness;

const unavailable = {
  code: "provider_unavailable",
  retryAfterSeconds: 5,
  cause: expect.any(Error),
};
const timedOut = { code: "provider_timeout", retryAfterSeconds: 5, cause: expect.any(Error) };

const broken: readonly Sickness[] = [
  "resets",
  "breaksOff",
  "floods",
  "isCutShort",
  "answersHtml",
  "answersHtmlAs503",
  "answersNothingAs500",
  "redirects",
];
const empty: readonly Sickness[] = [
  "answersNothing",
  "answersEmptyObject",
  "answersNull",
  "answersText",
];
const slow: readonly Sickness[] = ["hangs", "drips"];

/** Methods whose answer holds something. */
const asking: readonly Method[] = [
  "signUp",
  "resendConfirmation",
  "signIn",
  "refresh",
  "startPasswordReset",
  "getProfile",
  "answerChallenge",
  "startAttributeVerification",
  "listSessions",
  "getMfa",
  "startTotp",
  "confirmTotp",
  "startPasskeyRegistration",
  "listPasskeys",
  "listUsers",
  "getUser",
  "createUser",
  "listUserGroups",
];

const pairs = (sick: readonly Sickness[], asked: readonly Method[]) =>
  sick.flatMap((fault) => asked.map((method) => [fault, method] as const));

async function callSickUpstream(fault: Sickness, method: Method, timeoutMs = 2_000) {
  const upstream = await startUpstream();
  upstream.script(operations[method], sickness[fault]);
  const started = performance.now();
  const outcome = await calls[method](providerAt(upstream, { timeoutMs })).then(
    () => "it succeeded",
    (error: unknown) => error,
  );
  return { outcome, upstream, elapsedMs: performance.now() - started };
}

describe("an upstream that", () => {
  it.each(pairs(broken, methods))("%s makes %s fail for its fault, once", async (fault, method) => {
    const { outcome, upstream } = await callSickUpstream(fault, method);

    expect(outcome).toMatchObject(unavailable);
    expect(callsOf(method, upstream)).toBe(1);
  });

  it.each(pairs(empty, asking))("%s makes %s fail for its fault, once", async (fault, method) => {
    const { outcome, upstream } = await callSickUpstream(fault, method);

    expect(outcome).toMatchObject(unavailable);
    expect(callsOf(method, upstream)).toBe(1);
  });

  it.each(slow)("%s makes every method fail at the deadline, once", timed, async (fault) => {
    const results = await Promise.all(
      methods.map(async (method) => ({
        method,
        ...(await callSickUpstream(fault, method, 1_000)),
      })),
    );

    for (const { method, outcome, upstream, elapsedMs } of results) {
      expect(outcome).toMatchObject(timedOut);
      expect(callsOf(method, upstream)).toBe(1);
      expect(elapsedMs).toBeLessThan(4_000);
    }
  });

  it(
    "hangs is waited for no longer than leaves time to answer within five seconds",
    timed,
    async () => {
      const upstream = await startUpstream();
      upstream.script("AdminInitiateAuth", sickness.hangs);
      const started = performance.now();

      const signIn = providerAt(upstream, { timeoutMs: undefined }).signIn({ username, password });

      await expect(signIn).rejects.toMatchObject(timedOut);
      expect(performance.now() - started).toBeLessThan(5_000);
    },
  );

  it.each(methods)("is stopped makes %s fail for its fault", async (method) => {
    // A port that nobody is given and that `fetch` asks: that of a server which was stopped may be somebody else's by now.
    const identity = providerAt({ endpoint: "http://127.0.0.1:2" });

    await expect(calls[method](identity)).rejects.toMatchObject(unavailable);
  });

  it("was stopped between two calls makes the second one fail", async () => {
    const upstream = await startUpstream();
    const identity = providerAt(upstream);
    await identity.signIn({ username, password });
    await upstream.stop();

    await expect(identity.signIn({ username, password })).rejects.toMatchObject(unavailable);
  });
});

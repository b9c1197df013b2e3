import { expect, test } from "vitest";
import type { IdentityProvider } from "../../../../src/ports/index.ts";
import { sickness, wellAnswers } from "../../../support/cognito-upstream-answers.ts";
import { newPassword, password, providerAt, startUpstream, username } from "../fixtures.ts";

/** A request of a stranger that is a call at once, and the operation of Cognito's that it is. */
const asks: readonly [
  string,
  (identity: IdentityProvider, callerAddress: string) => Promise<unknown>,
][] = [
  [
    "AdminInitiateAuth",
    (identity, caller) => identity.signIn({ username, password, ...from(caller) }),
  ],
  [
    "SignUp",
    (identity, caller) => identity.signUp({ username, password, attributes: {}, ...from(caller) }),
  ],
  [
    "ConfirmSignUp",
    (identity, caller) => identity.confirmSignUp({ username, code: "1", ...from(caller) }),
  ],
  [
    "ResendConfirmationCode",
    (identity, caller) => identity.resendConfirmation({ username, ...from(caller) }),
  ],
  [
    "ForgotPassword",
    (identity, caller) => identity.startPasswordReset({ username, ...from(caller) }),
  ],
  [
    "ConfirmForgotPassword",
    (identity, caller) =>
      identity.resetPassword({ username, code: "1", newPassword, ...from(caller) }),
  ],
];

const from = (callerAddress: string) => ({ callerAddress });

test.each(asks)("%s is left a part for others by whoever asks most", async (operation, ask) => {
  const upstream = await startUpstream();
  upstream.script(operation, sickness.hangs);
  const identity = providerAt(upstream, { timeoutMs: 2_000 });
  const made = () => upstream.requests.filter((request) => request.operation === operation).length;

  const flood = Array.from({ length: 60 }, () =>
    ask(identity, "2001:db8:1:2::7").catch(() => undefined),
  );
  await expect.poll(made, { timeout: 1_500, interval: 20 }).toBe(40);
  upstream.script(operation, wellAnswers[operation] ?? expect.fail(`${operation} has an answer`));
  await ask(identity, "2001:db8:1:3::7").catch(() => undefined);

  expect(made()).toBe(41);
  await Promise.all(flood);
});

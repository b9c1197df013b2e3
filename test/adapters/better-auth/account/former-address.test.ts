import { describe, expect, test } from "vitest";
import {
  ada,
  challengeOf,
  createDatabaseFile,
  newPassword,
  outcomeOf,
  signIn,
  startWithAda,
} from "../support.ts";

const attributes = { email: "countess@example.com" };

/** Somebody else may read the mail of an address that was given up, or just that is why it was. */
describe("a code that went to an address that is the user's no longer", () => {
  test("sets no password, and the address in its place is none the more proven", async () => {
    const { identity, provider, lastCode } = await startWithAda();
    const { accessToken } = await signIn(provider);
    await identity.startPasswordReset(ada);
    const code = lastCode();
    await identity.updateAttributes({ accessToken, attributes });
    await identity.confirmAttribute({ accessToken, attribute: "email", code: lastCode() });

    const reset = { username: attributes.email, code, newPassword };

    expect(await outcomeOf(identity.resetPassword(reset))).toBe("code_expired");
    expect(await outcomeOf(identity.signIn({ ...ada, username: attributes.email }))).toBe("done");
    await identity.startPasswordReset({ username: attributes.email });
    expect(await outcomeOf(identity.resetPassword({ ...reset, code: lastCode() }))).toBe("done");
  });

  test("sets no password where an administrator gave another address", async () => {
    const { identity, lastCode } = await startWithAda();
    await identity.startPasswordReset(ada);
    const code = lastCode();
    await identity.updateUser({ ...ada, attributes: { ...attributes, email_verified: "true" } });

    const reset = { username: attributes.email, code, newPassword };

    expect(await outcomeOf(identity.resetPassword(reset))).toBe("code_expired");
  });

  test("signs nobody in", async () => {
    const { identity, provider, lastCode } = await startWithAda();
    const { accessToken } = await signIn(provider);
    const { subject: username } = await identity.getProfile({ accessToken });
    const { session } = challengeOf(await identity.signIn({ username, factor: "email_code" }));
    const answer = { type: "email_code", code: lastCode() } as const;
    await identity.updateAttributes({ accessToken, attributes });
    await identity.confirmAttribute({ accessToken, attribute: "email", code: lastCode() });

    expect(await outcomeOf(identity.answerChallenge({ session, answer }))).toBe("code_expired");
  });

  test("confirms no sign-up", async () => {
    const { start, lastCode } = await createDatabaseFile();
    const { identity } = start();
    await identity.signUp(ada);
    const code = lastCode();
    await identity.updateUser({ ...ada, attributes });
    const username = attributes.email;

    expect(await outcomeOf(identity.confirmSignUp({ username, code }))).toBe("code_expired");
    await identity.resendConfirmation({ username });
    expect(await outcomeOf(identity.confirmSignUp({ username, code: lastCode() }))).toBe("done");
  });
});

import { describe, expect, it } from "vitest";
import { createEngine, forClient } from "../../../src/adapters/memory/engine.ts";
import { identityProviderOf } from "../../../src/adapters/memory/identity-provider.ts";
import {
  ada,
  adjustableClock,
  challengeOf,
  createProvider,
  lastCode,
  newPassword,
  otherCode,
  outcomeOf,
  reasonFor,
  signIn,
  signUpAndIn,
  signUpConfirmed,
} from "./support.ts";

const stranger = "nobody@example.com";
const byEmail = { username: ada.username, factor: "email_code" } as const;

/** Makes a call twice at most: tells its code, and the reason behind it. */
async function refusalOf(call: () => Promise<unknown>) {
  return [await outcomeOf(call()), await reasonFor(call())];
}

describe("the reason behind a refusal", () => {
  it("tells a wrong password from a name that nobody has", async () => {
    const { identity, ...provider } = createProvider();
    await signUpConfirmed({ identity, ...provider });
    const attempt = (username: string) =>
      refusalOf(() => identity.signIn({ username, password: newPassword }));

    expect(await attempt(ada.username)).toEqual(["invalid_credentials", "wrong_password"]);
    expect(await attempt(stranger)).toEqual(["invalid_credentials", "user_not_found"]);
  });

  it("tells a wrong reset code from one that was spent, is too old, was never sent or is nobody's", async () => {
    const provider = createProvider();
    const { identity, clock } = provider;
    await signUpConfirmed(provider);
    const attempt = (code: string, username = ada.username) =>
      refusalOf(() => identity.resetPassword({ username, code, newPassword }));
    const unsent = await attempt("123456");
    await identity.startPasswordReset(ada);
    const spent = lastCode(provider, ada.username, "password_reset");
    const wrong = await attempt(otherCode(spent));
    await identity.resetPassword({ ...ada, code: spent, newPassword });
    const repeated = [await attempt(spent), await attempt(otherCode(spent))];
    await identity.startPasswordReset(ada);
    const old = lastCode(provider, ada.username, "password_reset");
    clock.advance(3600);

    expect(unsent).toEqual(["code_expired", "no_code"]);
    expect(wrong).toEqual(["code_mismatch", "wrong_code"]);
    expect(repeated).toEqual([
      ["code_expired", "code_spent"],
      ["code_expired", "no_code"],
    ]);
    expect(await attempt(old)).toEqual(["code_expired", "no_code"]);
    expect(await attempt(old, stranger)).toEqual(["code_mismatch", "user_not_found"]);
    const asking = identity.startPasswordReset({ username: stranger });
    expect(await outcomeOf(asking)).toBe("user_not_found");
  });

  it("tells refresh tokens apart that were invented, ended, too old or another client's", async () => {
    const clock = adjustableClock();
    const engine = createEngine({ clock, hashIterations: 1 });
    const other = { ...engine.client, id: "another" };
    engine.clients.put(other);
    const [identity, others] = [engine, forClient(engine, other)].map(identityProviderOf);
    if (!identity || !others) throw new Error("there are two of them");
    const provider = { identity, outbox: engine.courier };
    const ended = await signUpAndIn(provider);
    await identity.signOut(ended);
    const disabled = await signUpAndIn(provider, { ...ada, username: "bob@example.com" });
    await identity.disableUser({ username: "bob@example.com" });
    const { refreshToken } = await signIn(provider);
    const attempt = (token: string, at = identity) =>
      refusalOf(() => at.refresh({ refreshToken: token }));

    const code = "invalid_refresh_token";
    expect(await attempt("invented")).toEqual([code, "refresh_token_unknown"]);
    expect(await attempt(ended.refreshToken)).toEqual([code, "refresh_token_revoked"]);
    expect(await attempt(disabled.refreshToken)).toEqual([code, "refresh_token_revoked"]);
    expect(await attempt(refreshToken, others)).toEqual([code, "refresh_token_unknown"]);
    expect(await outcomeOf(others.signOut({ refreshToken }))).toBe("done");
    expect(await outcomeOf(identity.refresh({ refreshToken }))).toBe("done");
    clock.advance(30 * 24 * 3600);
    expect(await attempt(refreshToken)).toEqual([code, "refresh_token_expired"]);
  });

  it("tells that a session was ended for a token that was used again", async () => {
    const provider = createProvider({ refreshRotation: { graceSeconds: 0 } });
    const { refreshToken } = await signUpAndIn(provider);
    const latest = await provider.identity.refresh({ refreshToken });
    await outcomeOf(provider.identity.refresh({ refreshToken }));

    const attempt = () => provider.identity.refresh({ refreshToken: latest.refreshToken ?? "" });

    expect(await refusalOf(attempt)).toEqual(["invalid_refresh_token", "refresh_token_revoked"]);
  });

  it("tells a wrong code of a sign-in from one that went to an address that was given up", async () => {
    const provider = createProvider({ verifyBeforeUpdate: false });
    const { identity } = provider;
    const { accessToken } = await signUpAndIn(provider);
    const { session } = await challengeOf(identity.signIn(byEmail), "email_code");
    const sent = lastCode(provider, ada.username, "sign_in_code");
    const attempt = (code: string) =>
      refusalOf(() => identity.answerChallenge({ session, answer: { type: "email_code", code } }));
    const wrong = await attempt(otherCode(sent));
    await identity.updateAttributes({ accessToken, attributes: { email: "new@example.com" } });

    expect(wrong).toEqual(["code_mismatch", "wrong_code"]);
    expect(await attempt(sent)).toEqual(["code_mismatch", "no_code"]);
  });

  it("tells a code for an address that is not to be proven any more", async () => {
    const provider = createProvider();
    const { identity, outbox } = provider;
    const { accessToken } = await signUpAndIn(provider);
    const change = (email: string) =>
      identity.updateAttributes({ accessToken, attributes: { email } });
    await change("new@example.com");
    const code = outbox.messagesFor(ada.username).at(-1)?.code ?? "";
    await change(ada.username);

    const attempt = () => identity.confirmAttribute({ accessToken, attribute: "email", code });

    expect(await refusalOf(attempt)).toEqual(["code_expired", "no_code"]);
  });

  it("tells that a sign-in was asked to send a code that it has none of, or whose user is gone", async () => {
    const provider = createProvider();
    const { identity } = provider;
    const { accessToken } = await signUpAndIn(provider);
    const choosing = await challengeOf(
      identity.signIn({ username: ada.username }),
      "select_factor",
    );
    await identity.setMfa({ accessToken, enabled: ["email_code"] });
    const { session } = await challengeOf(identity.signIn(ada), "email_code");
    const resend = (of: string) => refusalOf(() => identity.resendChallengeCode({ session: of }));
    const ofOther = await resend(choosing.session);
    await identity.deleteAccount({ accessToken });

    expect(ofOther).toEqual(["challenge_expired", "session_of_other_challenge"]);
    expect(await resend(session)).toEqual(["challenge_expired", "session_unknown"]);
  });
});

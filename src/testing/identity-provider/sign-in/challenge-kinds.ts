import type { Capability } from "../../../domain/capabilities.ts";
import type { ChallengeAnswer } from "../../../domain/challenge.ts";
import type { IdentityErrorCode } from "../../../domain/errors.ts";
import { expectPresent } from "../../expectations.ts";
import type { ControlName, IdentityProviderHarness } from "../harness.ts";
import { givenUser, otherCode, signedInUser, weakPassword } from "../steps/account-steps.ts";
import {
  atSecondFactor,
  beginWithPassword,
  expectChallenge,
  invite,
  userWithApp,
  userWithPhone,
} from "../steps/challenge-steps.ts";

/** A challenge that waits, and how its user would answer it. */
export interface WaitingChallenge {
  readonly session: string;
  /** The name that the sign-in was begun with. */
  readonly username: string;
  readonly email: string;
  readonly right: ChallengeAnswer;
  /** Another answer that is refused and does not end the sign-in. */
  readonly wrong?: ChallengeAnswer;
}

/** A kind of challenge that a sign-in can wait at. */
export interface ChallengeKind {
  readonly needs: readonly Capability[];
  readonly requires?: readonly ControlName[];
  /** The code that the wrong answer is refused with. */
  readonly refusal?: IdentityErrorCode;
  /** Begins the sign-in of a user of its own. */
  begin(harness: IdentityProviderHarness): Promise<WaitingChallenge>;
}

/** The challenges that end a sign-in with one answer. */
export const challengeKinds = {
  "an app's code": {
    needs: ["totp_mfa"],
    refusal: "code_mismatch",
    async begin(harness) {
      const { app, ...user } = await userWithApp(harness);
      const { session } = await beginWithPassword(harness, user, "totp");
      const [code, wrong] = [await app.nextCode(), await app.wrongCode()];
      return {
        session,
        username: user.username,
        email: user.attributes.email,
        right: { type: "totp", code },
        wrong: { type: "totp", code: wrong },
      };
    },
  },

  "a recovery code": {
    needs: ["recovery_codes", "totp_mfa"],
    refusal: "code_mismatch",
    async begin(harness) {
      const { username, attributes, session, codes } = await atSecondFactor(harness);
      const code = expectPresent("a recovery code", codes[0]);
      return { session, username, email: attributes.email, ...codeAnswers("recovery_code", code) };
    },
  },

  "a second factor by mail": {
    needs: ["email_mfa"],
    refusal: "code_mismatch",
    async begin(harness) {
      const user = await signedInUser(harness);
      const { accessToken, username, attributes } = user;
      await harness.identity.setMfa({ accessToken, enabled: ["email_code"] });
      const { session } = await beginWithPassword(harness, user, "email_code");
      const code = await harness.codeFor(username, "mfa_code");
      return { session, username, email: attributes.email, ...codeAnswers("email_code", code) };
    },
  },

  "a second factor by text message": {
    needs: ["sms_mfa", "profile"],
    refusal: "code_mismatch",
    async begin(harness) {
      const user = await userWithPhone(harness);
      const { accessToken, username, attributes } = user;
      await harness.identity.setMfa({ accessToken, enabled: ["sms_code"] });
      const { session } = await beginWithPassword(harness, user, "sms_code");
      const code = await harness.codeFor(username, "mfa_code");
      return { session, username, email: attributes.email, ...codeAnswers("sms_code", code) };
    },
  },

  "a sign-in code by mail": {
    needs: ["email_code_sign_in"],
    refusal: "code_mismatch",
    async begin(harness) {
      const { username, attributes } = await givenUser(harness);
      const begun = await harness.identity.signIn({ username, factor: "email_code" });
      const { session } = expectChallenge(begun, "email_code");
      const code = await harness.codeFor(username, "sign_in_code");
      return { session, username, email: attributes.email, ...codeAnswers("email_code", code) };
    },
  },

  "a sign-in code by text message": {
    needs: ["sms_code_sign_in", "profile"],
    refusal: "code_mismatch",
    async begin(harness) {
      const { username, attributes } = await userWithPhone(harness);
      const begun = await harness.identity.signIn({ username, factor: "sms_code" });
      const { session } = expectChallenge(begun, "sms_code");
      const code = await harness.codeFor(username, "sign_in_code");
      return { session, username, email: attributes.email, ...codeAnswers("sms_code", code) };
    },
  },

  "a password of one's own": {
    needs: ["administration"],
    refusal: "password_policy_violation",
    async begin(harness) {
      const user = await invite(harness);
      const { session } = await beginWithPassword(harness, user, "new_password");
      const newPassword = harness.newUser().password;
      return {
        session,
        username: user.username,
        email: user.attributes.email,
        right: { type: "new_password", newPassword, attributes: {} },
        wrong: { type: "new_password", newPassword: weakPassword, attributes: {} },
      };
    },
  },

  "an answer of the operator's": {
    needs: ["custom_challenges"],
    requires: ["customChallenge"],
    async begin(harness) {
      const customChallenge = expectPresent("the control", harness.controls.customChallenge);
      const { username, attributes } = await givenUser(harness);
      const begun = await harness.identity.signIn({ username, factor: "custom" });
      const { session, parameters } = expectChallenge(begun, "custom");
      const right = await customChallenge.answerTo(parameters);
      return {
        session,
        username,
        email: attributes.email,
        right: { type: "custom", answer: right },
      };
    },
  },
} satisfies Record<string, ChallengeKind>;

function codeAnswers(type: "email_code" | "sms_code" | "recovery_code", code: string) {
  return { right: { type, code }, wrong: { type, code: otherCode(code) } } as const;
}

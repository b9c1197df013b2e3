import type { SignInResult } from "../../../../src/domain/session.ts";
import { type BrokenProvider, breaking, insteadOf } from "../broken-provider.ts";

/** As of a sign-in that should not have ended. */
const someTokens: SignInResult = {
  status: "signed_in",
  tokens: { accessToken: "a", idToken: "i", refreshToken: "r", tokenType: "Bearer", expiresIn: 1 },
};

const takesAnything = breaking((identity) => ({
  finishPasskeyRegistration: (input) =>
    insteadOf("passkey_rejected", identity.finishPasskeyRegistration(input), () => undefined),
  answerChallenge: (input) =>
    insteadOf("passkey_rejected", identity.answerChallenge(input), () => someTokens),
}));

const takesAgain = breaking((identity) => ({
  finishPasskeyRegistration: (input) =>
    insteadOf("challenge_expired", identity.finishPasskeyRegistration(input), () => undefined),
  answerChallenge: (input) =>
    insteadOf("challenge_expired", identity.answerChallenge(input), () => someTokens),
}));

export const brokenPasskeys: readonly BrokenProvider[] = [
  {
    fault: "lists no passkeys",
    caughtBy: "passkeys: are listed once they are registered",
    saying: "expected that the passkey has an id",
    breakParts: breaking(() => ({ listPasskeys: async () => [] })),
  },
  {
    fault: "lets a device make a second passkey",
    caughtBy: "passkeys: are not made twice on one device, as far as the options tell it",
    saying: "expected that the options exclude the passkey",
    breakParts: breaking((identity) => ({
      async startPasskeyRegistration(input) {
        return { ...(await identity.startPasskeyRegistration(input)), excludeCredentials: [] };
      },
    })),
  },
  {
    fault: "registers whatever comes",
    caughtBy:
      "passkeys: are not registered where the answer is not to the options, or of another site",
    saying:
      'expected passkey_rejected for the flaw "other_origin", but the call ended with no error',
    breakParts: takesAnything,
  },
  {
    fault: "registers what it did not ask for",
    caughtBy: "passkeys: are not registered where no options were given out",
    saying: "expected challenge_expired, but the call worked",
    breakParts: takesAgain,
  },
  {
    fault: "takes options for ever",
    caughtBy: "passkeys: are not registered with options that are too old",
    saying: "expected challenge_expired, but the call worked",
    breakParts: takesAgain,
  },
  {
    fault: "registers with the same options again",
    caughtBy: "concurrency: registers one passkey for options that are answered many times at once",
    saying: "expected one call to work, but 50 did",
    breakParts: takesAgain,
  },
  {
    fault: "signs another user in",
    caughtBy: "passkeys: sign their user in, as often as they are asked",
    saying: "expected the subject of the first sign-in to be",
    breakParts: ({ tokens }) => ({
      tokens: {
        async verify(accessToken) {
          return { ...(await tokens.verify(accessToken)), subject: accessToken };
        },
      },
    }),
  },
  {
    fault: "offers passkeys to nobody",
    caughtBy: "passkeys: are offered to a user who has one, and can be chosen",
    saying: "expected that a passkey is among the factors",
    breakParts: breaking((identity) => ({
      async signIn(input) {
        const result = await identity.signIn(input);
        if (result.status !== "challenge" || result.challenge.type !== "select_factor")
          return result;
        return { ...result, challenge: { ...result.challenge, factors: ["password"] } };
      },
    })),
  },
  {
    fault: "checks nothing that a passkey signed",
    caughtBy: "passkeys: sign nobody in where what was signed does not hold",
    saying:
      'expected passkey_rejected for the flaw "other_origin", but the call ended with no error',
    breakParts: takesAnything,
  },
  {
    fault: "takes what was signed before",
    caughtBy: "passkeys: sign nobody in with what was signed for another sign-in",
    saying: "expected passkey_rejected, but the call worked",
    breakParts: takesAnything,
  },
  {
    fault: "takes an answer twice",
    caughtBy: "concurrency: takes what a passkey signed for one of many answers at once",
    saying: "expected one call to work, but 50 did",
    breakParts: takesAgain,
  },
  {
    fault: "takes anyone's passkey",
    caughtBy: "passkeys: sign in nobody but their user",
    saying: "expected passkey_rejected, but the call worked",
    breakParts: takesAnything,
  },
  {
    fault: "asks passkeys of those only who exist",
    caughtBy: "passkeys: are asked of an unknown user as of a known one, the same every time",
    saying: "expected a step to work, but it threw user_not_found",
    breakParts: breaking((identity) => ({
      async signIn(input) {
        await identity.getUser(input);
        return identity.signIn(input);
      },
    })),
  },
  {
    fault: "forgets to delete",
    caughtBy: "passkeys: sign nobody in any more once they are deleted",
    saying: "expected the passkeys to be []",
    breakParts: breaking(() => ({ deletePasskey: async () => undefined })),
  },
  {
    fault: "says that it deleted another user's",
    caughtBy: "passkeys: are deleted by nobody but their user",
    saying: "expected not_found, but the call worked",
    breakParts: breaking((identity) => ({
      deletePasskey: (input) =>
        insteadOf("not_found", identity.deletePasskey(input), () => undefined),
    })),
  },
];

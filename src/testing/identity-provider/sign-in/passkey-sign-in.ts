import type { JsonObject } from "../../../domain/challenge.ts";
import { expectCode, expectEqual, expectThat } from "../../expectations.ts";
import { outcomesAtOnce } from "../../outcomes.ts";
import { expectOneWinner, fiftyOf } from "../../races.ts";
import { contractCaseWith, raceCase } from "../contract-case.ts";
import { sessionTokens } from "../steps/account-steps.ts";
import { answer, expectChallenge } from "../steps/challenge-steps.ts";
import { passkeyFlaws } from "../steps/passkey-device.ts";
import {
  beginWithPasskey,
  expectRejected,
  signInWithPasskey,
  userWithPasskey,
} from "../steps/passkey-steps.ts";

const passkeys = { needs: ["passkeys"], requires: ["authenticator"] } as const;

/** The cases of `Sessions` on signing in with a passkey. */
export const passkeySignInCases = [
  contractCaseWith(
    passkeys,
    "passkeys: sign their user in, as often as they are asked",
    async (harness, { authenticator }) => {
      const { user, device } = await userWithPasskey(harness, authenticator);
      const { subject } = await harness.tokens.verify(user.accessToken);

      for (const time of ["first", "second"]) {
        const { accessToken } = sessionTokens(await signInWithPasskey(harness, user, device));
        const principal = await harness.tokens.verify(accessToken);
        expectEqual(`the subject of the ${time} sign-in`, principal.subject, subject);
      }
    },
  ),

  contractCaseWith(
    passkeys,
    "passkeys: are offered to a user who has one, and can be chosen",
    async (harness, { authenticator }) => {
      const { user, device } = await userWithPasskey(harness, authenticator);
      const begun = await harness.identity.signIn({ username: user.username });
      const offer = expectChallenge(begun, "select_factor");
      expectThat("a passkey is among the factors", offer.factors.includes("passkey"));

      const chosen = await answer(harness, offer, { type: "select_factor", factor: "passkey" });

      const challenge = expectChallenge(chosen, "passkey");
      const credential = await device.get(challenge.options);
      sessionTokens(await answer(harness, challenge, { type: "passkey", credential }));
    },
  ),

  contractCaseWith(
    passkeys,
    "passkeys: sign nobody in where what was signed does not hold",
    async (harness, { authenticator }) => {
      const { user, device } = await userWithPasskey(harness, authenticator);
      sessionTokens(await signInWithPasskey(harness, user, device));

      for (const flaw of passkeyFlaws)
        await expectRejected(flaw, signInWithPasskey(harness, user, device, flaw));

      sessionTokens(await signInWithPasskey(harness, user, device));
    },
  ),

  contractCaseWith(
    passkeys,
    "passkeys: sign nobody in with what was signed for another sign-in",
    async (harness, { authenticator }) => {
      const { user, device } = await userWithPasskey(harness, authenticator);
      const first = await beginWithPasskey(harness, user);
      const given = { type: "passkey", credential: await device.get(first.options) } as const;
      sessionTokens(await answer(harness, first, given));
      const second = await beginWithPasskey(harness, user);

      await expectCode(answer(harness, second, given), "passkey_rejected");
      await expectCode(answer(harness, first, given), "challenge_expired");
    },
  ),

  raceCase(
    passkeys,
    "concurrency: takes what a passkey signed for one of many answers at once",
    async (harness, { authenticator }) => {
      const { user, device } = await userWithPasskey(harness, authenticator);
      const challenge = await beginWithPasskey(harness, user);
      const given = { type: "passkey", credential: await device.get(challenge.options) } as const;

      const outcomes = await outcomesAtOnce(
        fiftyOf(() => given),
        (same) => answer(harness, challenge, same),
      );

      expectOneWinner(outcomes, "challenge_expired");
    },
  ),

  contractCaseWith(
    passkeys,
    "passkeys: sign in nobody but their user",
    async (harness, { authenticator }) => {
      const { user } = await userWithPasskey(harness, authenticator);
      const { device: othersDevice } = await userWithPasskey(harness, authenticator);

      await expectCode(signInWithPasskey(harness, user, othersDevice), "passkey_rejected");
    },
  ),

  contractCaseWith(
    passkeys,
    "passkeys: are asked of an unknown user as of a known one, the same every time",
    async (harness, { authenticator }) => {
      const { user, device } = await userWithPasskey(harness, authenticator);
      const nobody = harness.newUser();
      const known = Object.keys(plain((await beginWithPasskey(harness, user)).options)).toSorted();

      const first = plain((await beginWithPasskey(harness, nobody)).options);
      const second = plain((await beginWithPasskey(harness, nobody)).options);

      expectEqual("the members of the options", Object.keys(first).toSorted(), known);
      expectEqual("the options", { ...second, challenge: "" }, { ...first, challenge: "" });
      expectThat("the challenges differ", first.challenge !== second.challenge);
      await expectCode(signInWithPasskey(harness, nobody, device), "passkey_rejected");
    },
  ),
];

/** Gives options as they go over the wire: without the members that are undefined. */
function plain(options: JsonObject): JsonObject {
  const parsed: JsonObject = JSON.parse(JSON.stringify(options));
  return parsed;
}

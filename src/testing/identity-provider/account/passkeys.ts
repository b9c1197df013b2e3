import { expectCode, expectEqual, expectThat } from "../../expectations.ts";
import { outcomeOf, outcomesAtOnce } from "../../outcomes.ts";
import { expectOneWinner, fiftyOf } from "../../races.ts";
import { contractCaseWith, raceCase } from "../contract-case.ts";
import { sessionTokens, signedInUser } from "../steps/account-steps.ts";
import {
  expectRejected,
  registerPasskey,
  signInWithPasskey,
  userWithPasskey,
} from "../steps/passkey-steps.ts";

const passkeys = { needs: ["passkeys"], requires: ["authenticator"] } as const;

/** Longer than any "few minutes", and shorter than an access token lives. */
const tooLongSeconds = 1800;

/** The cases of `Passkeys`. */
export const passkeyCases = [
  contractCaseWith(
    passkeys,
    "passkeys: are listed once they are registered",
    async (harness, controls) => {
      const user = await signedInUser(harness);
      const before = await harness.identity.listPasskeys(user);

      await registerPasskey(harness, user, controls.authenticator.newDevice());

      expectEqual("the passkeys of a new user", before, []);
      const [passkey, ...others] = await harness.identity.listPasskeys(user);
      expectEqual("further passkeys", others, []);
      const age = (harness.controls.clock?.now() ?? Date.now()) / 1000 - (passkey?.createdAt ?? 0);
      expectThat("the passkey has an id", /^[\w-]+$/.test(passkey?.id ?? ""));
      expectThat("it was made just now, in seconds since the epoch", Math.abs(age) < 300);
    },
  ),

  contractCaseWith(
    passkeys,
    "passkeys: are not made twice on one device, as far as the options tell it",
    async (harness, { authenticator }) => {
      const { user, id } = await userWithPasskey(harness, authenticator);

      const { excludeCredentials } = await harness.identity.startPasskeyRegistration(user);

      const told = JSON.stringify(excludeCredentials ?? []);
      expectThat("the options exclude the passkey that there is", told.includes(id));
    },
  ),

  contractCaseWith(
    passkeys,
    "passkeys: are not registered where the answer is not to the options, or of another site",
    async (harness, { authenticator }) => {
      const user = await signedInUser(harness);
      for (const flaw of [
        "other_origin",
        "other_site",
        "other_challenge",
        "other_ceremony",
      ] as const)
        await expectRejected(flaw, registerPasskey(harness, user, authenticator.newDevice(), flaw));

      expectEqual("the passkeys", await harness.identity.listPasskeys(user), []);
    },
  ),

  contractCaseWith(
    passkeys,
    "passkeys: are not registered where no options were given out",
    async (harness, { authenticator }) => {
      const other = await signedInUser(harness);
      const options = await harness.identity.startPasskeyRegistration(other);
      const credential = await authenticator.newDevice().create(options);
      const { accessToken } = await signedInUser(harness);

      const unasked = harness.identity.finishPasskeyRegistration({ accessToken, credential });

      await expectCode(unasked, "challenge_expired");
    },
  ),

  contractCaseWith(
    { needs: ["passkeys"], requires: ["authenticator", "clock"] },
    "passkeys: are not registered with options that are too old",
    async (harness, { authenticator, clock }) => {
      const { accessToken } = await signedInUser(harness);
      const options = await harness.identity.startPasskeyRegistration({ accessToken });
      const credential = await authenticator.newDevice().create(options);
      await clock.advance(tooLongSeconds);

      const late = harness.identity.finishPasskeyRegistration({ accessToken, credential });

      await expectCode(late, "challenge_expired");
    },
  ),

  raceCase(
    passkeys,
    "concurrency: registers one passkey for options that are answered many times at once",
    async (harness, { authenticator }) => {
      const { accessToken } = await signedInUser(harness);
      const device = authenticator.newDevice();
      const options = await harness.identity.startPasskeyRegistration({ accessToken });
      const credentials = await Promise.all(fiftyOf(() => device.create(options)));

      const outcomes = await outcomesAtOnce(credentials, (credential) =>
        harness.identity.finishPasskeyRegistration({ accessToken, credential }),
      );

      expectOneWinner(outcomes, "challenge_expired");
      const { length } = await harness.identity.listPasskeys({ accessToken });
      expectEqual("the number of passkeys", length, 1);
    },
  ),

  contractCaseWith(
    passkeys,
    "passkeys: sign nobody in any more once they are deleted",
    async (harness, { authenticator }) => {
      const { user, device, id } = await userWithPasskey(harness, authenticator);
      const { accessToken } = user;

      await harness.identity.deletePasskey({ accessToken, id });

      expectEqual("the passkeys", await harness.identity.listPasskeys({ accessToken }), []);
      await expectCode(harness.identity.deletePasskey({ accessToken, id }), "not_found");
      const outcome = await outcomeOf(signInWithPasskey(harness, user, device));
      expectThat(`the sign-in is refused (it was: ${outcome})`, outcome !== "no error");
    },
  ),

  contractCaseWith(
    passkeys,
    "passkeys: are deleted by nobody but their user",
    async (harness, { authenticator }) => {
      const { user, device, id } = await userWithPasskey(harness, authenticator);
      const { accessToken } = await signedInUser(harness);

      await expectCode(harness.identity.deletePasskey({ accessToken, id }), "not_found");

      sessionTokens(await signInWithPasskey(harness, user, device));
    },
  ),
];

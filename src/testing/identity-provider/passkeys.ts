import type { Challenge, JsonObject } from "../../domain/challenge.ts";
import { answer, expectChallenge } from "../challenge-steps.ts";
import { contractCaseWith, raceCase } from "../contract-case.ts";
import { ContractFailure, expectCode, expectEqual, expectThat } from "../expectations.ts";
import type { HarnessControls, IdentityProviderHarness } from "../harness.ts";
import { outcomeOf, outcomesAtOnce } from "../outcomes.ts";
import { type PasskeyDevice, type PasskeyFlaw, passkeyFlaws } from "../passkey-device.ts";
import { expectOneWinner, fifty } from "../races.ts";
import { type SignedInUser, sessionTokens, signUpAndSignIn } from "../steps.ts";

const passkeys = { needs: ["passkeys"], requires: ["authenticator"] } as const;

/** Longer than any "few minutes", and shorter than an access token lives. */
const tooLongSeconds = 1800;

/** What `Passkeys` promises, and `Sessions` of signing in with one. */
export const passkeyCases = [
  contractCaseWith(
    passkeys,
    "passkeys: are listed once they are registered",
    async (harness, controls) => {
      const user = await signUpAndSignIn(harness);
      const before = await harness.identity.listPasskeys(user);

      await register(harness, user, controls.authenticator.newDevice());

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
      const { user, id } = await signUpWithPasskey(harness, authenticator);

      const { excludeCredentials } = await harness.identity.startPasskeyRegistration(user);

      const told = JSON.stringify(excludeCredentials ?? []);
      expectThat("the options exclude the passkey that there is", told.includes(id));
    },
  ),

  contractCaseWith(
    passkeys,
    "passkeys: are not registered where the answer is not to the options, or of another site",
    async (harness, { authenticator }) => {
      const user = await signUpAndSignIn(harness);
      for (const flaw of [
        "other_origin",
        "other_site",
        "other_challenge",
        "other_ceremony",
      ] as const)
        await expectRejected(flaw, register(harness, user, authenticator.newDevice(), flaw));

      expectEqual("the passkeys", await harness.identity.listPasskeys(user), []);
    },
  ),

  contractCaseWith(
    passkeys,
    "passkeys: are not registered where no options were given out",
    async (harness, { authenticator }) => {
      const other = await signUpAndSignIn(harness);
      const options = await harness.identity.startPasskeyRegistration(other);
      const credential = await authenticator.newDevice().create(options);
      const { accessToken } = await signUpAndSignIn(harness);

      const unasked = harness.identity.finishPasskeyRegistration({ accessToken, credential });

      await expectCode(unasked, "challenge_expired");
    },
  ),

  contractCaseWith(
    { needs: ["passkeys"], requires: ["authenticator", "clock"] },
    "passkeys: are not registered with options that are too old",
    async (harness, { authenticator, clock }) => {
      const { accessToken } = await signUpAndSignIn(harness);
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
      const { accessToken } = await signUpAndSignIn(harness);
      const device = authenticator.newDevice();
      const options = await harness.identity.startPasskeyRegistration({ accessToken });
      const credentials = await Promise.all(fifty(() => device.create(options)));

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
    "passkeys: sign their user in, as often as they are asked",
    async (harness, { authenticator }) => {
      const { user, device } = await signUpWithPasskey(harness, authenticator);
      const { subject } = await harness.tokens.verify(user.accessToken);

      for (const time of ["first", "second"]) {
        const { accessToken } = sessionTokens(await signInWith(harness, user, device));
        const principal = await harness.tokens.verify(accessToken);
        expectEqual(`the subject of the ${time} sign-in`, principal.subject, subject);
      }
    },
  ),

  contractCaseWith(
    passkeys,
    "passkeys: are offered to a user who has one, and can be chosen",
    async (harness, { authenticator }) => {
      const { user, device } = await signUpWithPasskey(harness, authenticator);
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
      const { user, device } = await signUpWithPasskey(harness, authenticator);
      sessionTokens(await signInWith(harness, user, device));

      for (const flaw of passkeyFlaws)
        await expectRejected(flaw, signInWith(harness, user, device, flaw));

      sessionTokens(await signInWith(harness, user, device));
    },
  ),

  contractCaseWith(
    passkeys,
    "passkeys: sign nobody in with what was signed for another sign-in",
    async (harness, { authenticator }) => {
      const { user, device } = await signUpWithPasskey(harness, authenticator);
      const first = await begin(harness, user);
      const given = { type: "passkey", credential: await device.get(first.options) } as const;
      sessionTokens(await answer(harness, first, given));
      const second = await begin(harness, user);

      await expectCode(answer(harness, second, given), "passkey_rejected");
      await expectCode(answer(harness, first, given), "challenge_expired");
    },
  ),

  raceCase(
    passkeys,
    "concurrency: takes what a passkey signed for one of many answers at once",
    async (harness, { authenticator }) => {
      const { user, device } = await signUpWithPasskey(harness, authenticator);
      const challenge = await begin(harness, user);
      const given = { type: "passkey", credential: await device.get(challenge.options) } as const;

      const outcomes = await outcomesAtOnce(
        fifty(() => given),
        (same) => answer(harness, challenge, same),
      );

      expectOneWinner(outcomes, "challenge_expired");
    },
  ),

  contractCaseWith(
    passkeys,
    "passkeys: sign in nobody but their user",
    async (harness, { authenticator }) => {
      const { user } = await signUpWithPasskey(harness, authenticator);
      const { device: othersDevice } = await signUpWithPasskey(harness, authenticator);

      await expectCode(signInWith(harness, user, othersDevice), "passkey_rejected");
    },
  ),

  contractCaseWith(
    passkeys,
    "passkeys: are asked of an unknown user as of a known one, the same every time",
    async (harness, { authenticator }) => {
      const { user, device } = await signUpWithPasskey(harness, authenticator);
      const nobody = harness.newUser();
      const known = Object.keys(plain((await begin(harness, user)).options)).toSorted();

      const first = plain((await begin(harness, nobody)).options);
      const second = plain((await begin(harness, nobody)).options);

      expectEqual("the members of the options", Object.keys(first).toSorted(), known);
      expectEqual("the options", { ...second, challenge: "" }, { ...first, challenge: "" });
      expectThat("the challenges differ", first.challenge !== second.challenge);
      await expectCode(signInWith(harness, nobody, device), "passkey_rejected");
    },
  ),

  contractCaseWith(
    passkeys,
    "passkeys: sign nobody in any more once they are deleted",
    async (harness, { authenticator }) => {
      const { user, device, id } = await signUpWithPasskey(harness, authenticator);
      const { accessToken } = user;

      await harness.identity.deletePasskey({ accessToken, id });

      expectEqual("the passkeys", await harness.identity.listPasskeys({ accessToken }), []);
      await expectCode(harness.identity.deletePasskey({ accessToken, id }), "not_found");
      const outcome = await outcomeOf(signInWith(harness, user, device));
      expectThat(`the sign-in is refused (it was: ${outcome})`, outcome !== "no error");
    },
  ),

  contractCaseWith(
    passkeys,
    "passkeys: are deleted by nobody but their user",
    async (harness, { authenticator }) => {
      const { user, device, id } = await signUpWithPasskey(harness, authenticator);
      const { accessToken } = await signUpAndSignIn(harness);

      await expectCode(harness.identity.deletePasskey({ accessToken, id }), "not_found");

      sessionTokens(await signInWith(harness, user, device));
    },
  ),
];

interface UserWithPasskey {
  readonly user: SignedInUser;
  readonly device: PasskeyDevice;
  /** Of the passkey. */
  readonly id: string;
}

async function signUpWithPasskey(
  harness: IdentityProviderHarness,
  authenticator: HarnessControls["authenticator"],
): Promise<UserWithPasskey> {
  const user = await signUpAndSignIn(harness);
  const device = authenticator.newDevice();
  await register(harness, user, device);
  const [passkey] = await harness.identity.listPasskeys(user);
  if (!passkey) throw new ContractFailure("expected a passkey in the list, but there is none");
  return { user, device, id: passkey.id };
}

async function register(
  { identity }: IdentityProviderHarness,
  { accessToken }: Pick<SignedInUser, "accessToken">,
  device: PasskeyDevice,
  flaw?: PasskeyFlaw,
): Promise<void> {
  const options = await identity.startPasskeyRegistration({ accessToken });
  const credential = await device.create(options, flaw);
  await identity.finishPasskeyRegistration({ accessToken, credential });
}

async function begin(
  { identity }: IdentityProviderHarness,
  { username }: { readonly username: string },
): Promise<Challenge & { readonly type: "passkey" }> {
  return expectChallenge(await identity.signIn({ username, factor: "passkey" }), "passkey");
}

async function signInWith(
  harness: IdentityProviderHarness,
  user: { readonly username: string },
  device: PasskeyDevice,
  flaw?: PasskeyFlaw,
) {
  const challenge = await begin(harness, user);
  const credential = await device.get(challenge.options, flaw);
  return answer(harness, challenge, { type: "passkey", credential });
}

async function expectRejected(flaw: PasskeyFlaw, call: Promise<unknown>): Promise<void> {
  const outcome = await outcomeOf(call);
  if (outcome !== "passkey_rejected")
    throw new ContractFailure(
      `expected passkey_rejected for the flaw "${flaw}", but the call ended with ${outcome}`,
    );
}

/** As it goes over the wire: without the members that are undefined. */
function plain(options: JsonObject): JsonObject {
  const parsed: JsonObject = JSON.parse(JSON.stringify(options));
  return parsed;
}

import { expectCode, expectThat } from "../../expectations.ts";
import { expectLimit } from "../../outcomes.ts";
import { contractCaseWith } from "../contract-case.ts";
import type { IdentityProviderHarness } from "../harness.ts";
import { givenUser, sessionTokens, signedInUser } from "../steps/account-steps.ts";
import { answer, beginWithPassword, expectChallenge } from "../steps/challenge-steps.ts";

const capability = "challenge_code_resend";
const byMail = { needs: [capability, "email_code_sign_in"] } as const;
const type = "email_code";

/** The cases of `Sessions.resendChallengeCode`. */
export const codeResendCases = [
  contractCaseWith(
    byMail,
    "challenges: have their code sent again, in the place of the one before",
    async (harness) => {
      const { username } = await givenUser(harness);
      const challenge = await begin(harness, username);
      const first = await harness.codeFor(username, "sign_in_code");

      await harness.identity.resendChallengeCode(challenge);

      const code = await harness.codeFor(username, "sign_in_code");
      expectThat("the code is another one", code !== first);
      await expectCode(answer(harness, challenge, { type, code: first }), "code_mismatch");
      sessionTokens(await answer(harness, challenge, { type, code }));
    },
  ),

  contractCaseWith(
    { needs: [capability, "email_mfa"] },
    "challenges: have the code of a second factor sent again",
    async (harness) => {
      const user = await signedInUser(harness);
      const { accessToken, username } = user;
      await harness.identity.setMfa({ accessToken, enabled: [type] });
      const challenge = await beginWithPassword(harness, user, type);
      const first = await harness.codeFor(username, "mfa_code");

      await harness.identity.resendChallengeCode(challenge);

      const code = await harness.codeFor(username, "mfa_code");
      expectThat("the code is another one", code !== first);
      await expectCode(answer(harness, challenge, { type, code: first }), "code_mismatch");
      sessionTokens(await answer(harness, challenge, { type, code }));
    },
  ),

  contractCaseWith(
    byMail,
    "challenges: are answered alike for every user name that wants a code again",
    async (harness) => {
      const { username } = harness.newUser();
      const challenge = await begin(harness, username);

      await harness.identity.resendChallengeCode(challenge);

      const guess = answer(harness, challenge, { type, code: "12345678" });
      await expectCode(guess, "code_mismatch");
    },
  ),

  contractCaseWith(
    byMail,
    "challenges: have no code sent again by a session that was invented or used",
    async (harness) => {
      const { username } = await givenUser(harness);
      const challenge = await begin(harness, username);
      const code = await harness.codeFor(username, "sign_in_code");
      sessionTokens(await answer(harness, challenge, { type, code }));
      const { session } = challenge;

      for (const dead of [session, `${session}x`, "invented"])
        await expectCode(
          harness.identity.resendChallengeCode({ session: dead }),
          "challenge_expired",
        );
    },
  ),

  contractCaseWith(
    byMail,
    "challenges: have no code sent again that ask for something else",
    async (harness) => {
      const { username } = await givenUser(harness);
      const choice = expectChallenge(await harness.identity.signIn({ username }), "select_factor");

      await expectCode(harness.identity.resendChallengeCode(choice), "challenge_expired");
    },
  ),

  contractCaseWith(
    { ...byMail, requires: ["clock"] },
    "challenges: live no longer for a code that was sent again",
    async (harness, { clock }) => {
      const { username } = await givenUser(harness);
      const challenge = await begin(harness, username);
      await clock.advance(120);
      await harness.identity.resendChallengeCode(challenge);
      const code = await harness.codeFor(username, "sign_in_code");

      await clock.advance(15 * 60);

      await expectCode(answer(harness, challenge, { type, code }), "challenge_expired");
    },
  ),

  contractCaseWith(
    byMail,
    "challenges: have their code sent again only so often, whether there is such a user",
    async (harness) => {
      for (const { username } of [await givenUser(harness), harness.newUser()]) {
        const challenge = await begin(harness, username);

        await expectLimit(() => harness.identity.resendChallengeCode(challenge));
      }
    },
  ),
];

async function begin({ identity }: IdentityProviderHarness, username: string) {
  return expectChallenge(await identity.signIn({ username, factor: type }), type);
}

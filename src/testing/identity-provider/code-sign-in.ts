import type { Capability } from "../../domain/capabilities.ts";
import { answer, expectChallenge, signUpWithPhone } from "../challenge-steps.ts";
import { contractCaseWith } from "../contract-case.ts";
import { expectCode, expectEqual, expectMasked, expectThat } from "../expectations.ts";
import type { IdentityProviderHarness } from "../harness.ts";
import { inShort, outcomesOf } from "../outcomes.ts";
import { otherCode, sessionTokens, signUpAndConfirm } from "../steps.ts";

/** The ways to sign in with a code in place of a password. */
const factors = {
  email_code: {
    capability: "email_code_sign_in",
    async signUp(harness) {
      const { username, attributes } = await signUpAndConfirm(harness);
      return { username, address: attributes.email };
    },
  },
  sms_code: {
    capability: "sms_code_sign_in",
    async signUp(harness) {
      const { username, phoneNumber } = await signUpWithPhone(harness);
      return { username, address: phoneNumber };
    },
  },
} satisfies Record<string, CodeFactor>;

interface CodeFactor {
  readonly capability: Capability;
  /** Gives a new user who can sign in like that, and the address that codes go to. */
  signUp(harness: IdentityProviderHarness): Promise<{
    readonly username: string;
    readonly address: string;
  }>;
}

const byMail = { needs: ["email_code_sign_in"] } as const;

/** What `Sessions.signIn` promises of codes in place of passwords. */
export const codeSignInCases = [
  ...casesOf("email_code"),
  ...casesOf("sms_code"),

  contractCaseWith(
    byMail,
    "code sign-in: lets a user choose a code who gave nothing but a name",
    async (harness) => {
      const { username } = await signUpAndConfirm(harness);

      const choice = await beginChoice(harness, username);

      expectThat("a code by mail can be chosen", choice.factors.includes("email_code"));
      const chosen = { type: "select_factor", factor: "email_code" } as const;
      const challenge = expectChallenge(await answer(harness, choice, chosen), "email_code");
      const code = await harness.codeFor(username, "sign_in_code");
      sessionTokens(await answer(harness, challenge, { type: "email_code", code }));
    },
  ),

  contractCaseWith(
    byMail,
    "code sign-in: lets a user choose a password who gave nothing but a name",
    async (harness) => {
      const { username, password } = await signUpAndConfirm(harness);
      const choose = async (given: string) => {
        const choice = await beginChoice(harness, username);
        const chosen = { type: "select_factor", factor: "password", password: given } as const;
        return answer(harness, choice, chosen);
      };

      await expectCode(choose(`${password}x`), "invalid_credentials");
      sessionTokens(await choose(password));
    },
  ),

  contractCaseWith(
    byMail,
    "code sign-in: offers an unknown user the same as a known one",
    async (harness) => {
      const known = (await signUpAndConfirm(harness)).username;
      const unknown = harness.newUser().username;

      const offered = await beginChoice(harness, known);
      const played = await beginChoice(harness, unknown);

      expectEqual("what is offered", played.factors, offered.factors);
    },
  ),

  contractCaseWith(
    byMail,
    "code sign-in: refuses wrong passwords alike for every user name that chose one, past the limit",
    async (harness) => {
      const guessAs = async (username: string) => {
        const choice = await beginChoice(harness, username);
        const guess = { type: "select_factor", factor: "password", password: wrong } as const;
        return outcomesOf(20, () => answer(harness, choice, guess));
      };
      const wrong = harness.newUser().password;

      const expected = await guessAs((await signUpAndConfirm(harness)).username);
      const actual = await guessAs(harness.newUser().username);

      expectEqual("what an unknown user gets", inShort(actual), inShort(expected));
    },
  ),

  contractCaseWith(
    byMail,
    "code sign-in: lets nobody choose a code twice in one session, whether there is such a user",
    async (harness) => {
      const chosen = { type: "select_factor", factor: "email_code" } as const;
      for (const { username } of [await signUpAndConfirm(harness), harness.newUser()]) {
        const choice = await beginChoice(harness, username);
        expectChallenge(await answer(harness, choice, chosen), "email_code");

        await expectCode(answer(harness, choice, chosen), "challenge_expired");
      }
    },
  ),

  contractCaseWith(
    { ...byMail, requires: ["disabling"] },
    "code sign-in: lets no disabled user in, and does not say why",
    async (harness, { disabling }) => {
      const { username } = await signUpAndConfirm(harness);
      await disabling.disable(username);

      const begun = await harness.identity.signIn({ username, factor: "email_code" });

      const challenge = expectChallenge(begun, "email_code");
      const given = { type: "email_code", code: "12345678" } as const;
      await expectCode(answer(harness, challenge, given), "code_mismatch");
    },
  ),
];

function casesOf<const Factor extends keyof typeof factors>(factor: Factor) {
  const { capability, signUp }: CodeFactor = factors[factor];
  const begin = async ({ identity }: IdentityProviderHarness, username: string) =>
    expectChallenge(await identity.signIn({ username, factor }), factor);
  return [
    contractCaseWith(
      { needs: [capability] },
      `code sign-in: masks the address that ${factor} went to`,
      async (harness) => {
        const { username, address } = await signUp(harness);

        const { delivery } = await begin(harness, username);

        expectMasked(JSON.stringify(delivery ?? {}), address);
      },
    ),

    contractCaseWith(
      { needs: [capability] },
      `code sign-in: takes only the ${factor} of its own sign-in`,
      async (harness) => {
        const { username } = await signUp(harness);
        const first = await begin(harness, username);
        const code = await harness.codeFor(username, "sign_in_code");
        const second = await begin(harness, username);

        const crossed = answer(harness, second, { type: factor, code });

        await expectCode(crossed, "code_mismatch");
        expectThat("each sign-in has a session of its own", first.session !== second.session);
      },
    ),

    contractCaseWith(
      { needs: [capability] },
      `code sign-in: asks an unknown user for ${factor} as it does a known one`,
      async (harness) => {
        const known = await begin(harness, (await signUp(harness)).username);

        const played = await begin(harness, harness.newUser().username);

        expectEqual("what is told", membersOf(played), membersOf(known));
      },
    ),

    contractCaseWith(
      { needs: [capability] },
      `code sign-in: tells an unknown user each time the same of where ${factor} went`,
      async (harness) => {
        const { username } = harness.newUser();

        const first = await begin(harness, username);
        const second = await begin(harness, username);

        expectEqual("where the code went", second.delivery, first.delivery);
      },
    ),

    contractCaseWith(
      { needs: [capability] },
      `code sign-in: refuses wrong answers to ${factor} alike for every user name, past the limit`,
      async (harness) => {
        const { username } = await signUp(harness);
        const known = await begin(harness, username);
        const code = otherCode(await harness.codeFor(username, "sign_in_code"));
        const played = await begin(harness, harness.newUser().username);
        const guess = { type: factor, code };

        const expected = await outcomesOf(20, () => answer(harness, known, guess));
        const actual = await outcomesOf(20, () => answer(harness, played, guess));

        expectEqual("what an unknown user gets", inShort(actual), inShort(expected));
      },
    ),
  ];
}

async function beginChoice({ identity }: IdentityProviderHarness, username: string) {
  return expectChallenge(await identity.signIn({ username }), "select_factor");
}

/** The members of a challenge, and those of its delivery. */
function membersOf(challenge: { readonly delivery?: object }): readonly string[] {
  return [...Object.keys(challenge), ...Object.keys(challenge.delivery ?? {})].toSorted();
}

import type { Capability } from "../../../domain/capabilities.ts";
import { expectCode, expectEqual, expectMasked, expectThat } from "../../expectations.ts";
import { outcomeCounts, outcomesOf } from "../../outcomes.ts";
import { contractCaseWith } from "../contract-case.ts";
import type { IdentityProviderHarness } from "../harness.ts";
import { givenUser, otherCode } from "../steps/account-steps.ts";
import { answer, expectChallenge, userWithPhone } from "../steps/challenge-steps.ts";

/** The ways to sign in with a code in place of a password. */
const factors = {
  email_code: {
    capability: "email_code_sign_in",
    userNeeds: [],
    async userWithAddress(harness) {
      const { username, attributes } = await givenUser(harness);
      return { username, address: attributes.email };
    },
  },
  sms_code: {
    capability: "sms_code_sign_in",
    userNeeds: ["profile"],
    async userWithAddress(harness) {
      const { username, phoneNumber } = await userWithPhone(harness);
      return { username, address: phoneNumber };
    },
  },
} satisfies Record<string, CodeFactor>;

interface CodeFactor {
  readonly capability: Capability;
  /** The capabilities that it takes besides to have such a user. */
  readonly userNeeds: readonly Capability[];
  /** Gives a user who can sign in like that, and the address that codes go to. */
  userWithAddress(harness: IdentityProviderHarness): Promise<{
    readonly username: string;
    readonly address: string;
  }>;
}

/** The cases of `Sessions.signIn` on codes in place of passwords. */
export const codeSignInCases = [
  ...casesOf("email_code"),
  ...casesOf("sms_code"),

  contractCaseWith(
    { needs: ["email_code_sign_in"], requires: ["deliveryFaults"] },
    "code sign-in: goes on alike where the code cannot be sent, as for an unknown user",
    async (harness, { deliveryFaults }) => {
      const { username } = await givenUser(harness);
      await deliveryFaults.failNext();

      const begun = await harness.identity.signIn({ username, factor: "email_code" });

      const stranger = await harness.identity.signIn({
        username: harness.newUser().username,
        factor: "email_code",
      });
      const challenges = [begun, stranger].map((result) => expectChallenge(result, "email_code"));
      const [known, played] = challenges.map(membersOf);
      expectEqual("the members", known, played);
    },
  ),

  contractCaseWith(
    { needs: ["email_code_sign_in"], requires: ["disabling"] },
    "code sign-in: lets no disabled user in, and does not say why",
    async (harness, { disabling }) => {
      const { username } = await givenUser(harness);
      await disabling.disable(username);

      const begun = await harness.identity.signIn({ username, factor: "email_code" });

      const challenge = expectChallenge(begun, "email_code");
      const given = { type: "email_code", code: "12345678" } as const;
      await expectCode(answer(harness, challenge, given), "code_mismatch");
    },
  ),
];

function casesOf<const Factor extends keyof typeof factors>(factor: Factor) {
  const { capability, userNeeds, userWithAddress }: CodeFactor = factors[factor];
  const needs = [capability, ...userNeeds];
  const begin = async ({ identity }: IdentityProviderHarness, username: string) =>
    expectChallenge(await identity.signIn({ username, factor }), factor);
  return [
    contractCaseWith(
      { needs },
      `code sign-in: masks the address that ${factor} went to`,
      async (harness) => {
        const { username, address } = await userWithAddress(harness);

        const { delivery } = await begin(harness, username);

        expectMasked(JSON.stringify(delivery ?? {}), address);
      },
    ),

    contractCaseWith(
      { needs },
      `code sign-in: takes only the ${factor} of its own sign-in`,
      async (harness) => {
        const { username } = await userWithAddress(harness);
        const first = await begin(harness, username);
        const code = await harness.codeFor(username, "sign_in_code");
        const second = await begin(harness, username);

        const crossed = answer(harness, second, { type: factor, code });

        await expectCode(crossed, "code_mismatch");
        expectThat("each sign-in has a session of its own", first.session !== second.session);
      },
    ),

    contractCaseWith(
      { needs },
      `code sign-in: asks an unknown user for ${factor} as it does a known one`,
      async (harness) => {
        const known = await begin(harness, (await userWithAddress(harness)).username);

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
      { needs },
      `code sign-in: refuses wrong answers to ${factor} alike for every user name, past the limit`,
      async (harness) => {
        const { username } = await userWithAddress(harness);
        const known = await begin(harness, username);
        const code = otherCode(await harness.codeFor(username, "sign_in_code"));
        const played = await begin(harness, harness.newUser().username);
        const guess = { type: factor, code };

        const expected = await outcomesOf(20, () => answer(harness, known, guess));
        const actual = await outcomesOf(20, () => answer(harness, played, guess));

        expectEqual("what an unknown user gets", outcomeCounts(actual), outcomeCounts(expected));
      },
    ),
  ];
}

/** The members of a challenge, and those of its delivery. */
function membersOf(challenge: { readonly delivery?: object }): readonly string[] {
  return [...Object.keys(challenge), ...Object.keys(challenge.delivery ?? {})].toSorted();
}

import { passwordMinLength } from "../../../domain/credentials.ts";
import type { CharacterKind, PasswordRules } from "../../../domain/set-up.ts";
import { expectCode, expectEqual, expectThat } from "../../expectations.ts";
import { contractCase, contractCaseWith } from "../contract-case.ts";
import type { IdentityProviderHarness } from "../harness.ts";

const signingUp = { needs: ["sign_up"] } as const;

/** A part of a password that has one kind of character and no other. */
const parts: Readonly<Record<CharacterKind, string>> = {
  lowercase: "horses",
  uppercase: "ZEBRAS",
  digit: "135792",
  symbol: "!?!?!?",
};

/** The cases of `IdentityProvider.setUp`: what it tells is so, and what it does not know it may leave out. */
export const setUpCases = [
  contractCase("set-up: is told whoever asks, and again", async ({ identity }) => {
    const first = await identity.setUp?.();
    const second = await identity.setUp?.();

    expectEqual("the set-up, asked again", JSON.stringify(second), JSON.stringify(first));
  }),

  contractCaseWith(
    signingUp,
    "set-up: says that anyone may sign up where anyone may",
    async ({ identity }) => {
      const { signUp } = (await identity.setUp?.()) ?? {};

      expectThat("the sign-up is not told to be closed", signUp?.isOpen !== false);
    },
  ),

  contractCaseWith(
    signingUp,
    "set-up: tells each kind of character that a password has to have, and no other",
    async (harness) => {
      const rules = await rulesOf(harness);
      if (!rules) return;
      for (const kind of Object.keys(parts) as CharacterKind[]) {
        const { [kind]: _, ...others } = parts;
        const password = Object.values(others).join("").repeat(4).slice(0, longEnough(rules));
        await expectTaken(harness, password, !rules.requires.includes(kind));
      }
    },
  ),

  contractCaseWith(
    signingUp,
    "set-up: tells the length that a password has to have",
    async (harness) => {
      const rules = await rulesOf(harness);
      if (!rules) return;
      const all = Object.values(parts)
        .map(([first = ""]) => first)
        .join("");
      const least = Math.max(rules.minLength, passwordMinLength);
      await expectTaken(harness, all.repeat(least).slice(0, least), true);
      // Below what holds for every provider the provider is never asked.
      if (least > passwordMinLength)
        await expectTaken(harness, all.repeat(least).slice(0, least - 1), false);
    },
  ),
] as const;

async function rulesOf({ identity }: IdentityProviderHarness): Promise<PasswordRules | undefined> {
  return (await identity.setUp?.())?.password;
}

function longEnough({ minLength }: PasswordRules): number {
  return Math.max(minLength, 24);
}

async function expectTaken(
  harness: IdentityProviderHarness,
  password: string,
  isTaken: boolean,
): Promise<void> {
  const signUp = harness.identity.signUp({ ...harness.newUser(), password });
  if (isTaken) await signUp;
  else await expectCode(signUp, "password_policy_violation");
}

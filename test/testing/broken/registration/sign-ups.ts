import type { SignUpResult } from "../../../../src/domain/user.ts";
import {
  type BrokenProvider,
  breaking,
  breakingOther,
  caughtByEach,
  insteadOf,
} from "../broken-provider.ts";

const waiting: SignUpResult = { status: "confirmation_required" };
const worked = "but the call worked";

/** Tells the whole of an address that a code went to. */
const shown = (destination: string) => ({ medium: "email", destination }) as const;

export const brokenSignUps: readonly BrokenProvider[] = [
  {
    fault: "says that nobody waits",
    caughtBy: "registration: signs a user up, who then waits for confirmation",
    saying: 'expected the status to be "confirmation_required", but it is "confirmed"',
    breakParts: breaking((identity) => ({
      async signUp(input) {
        await identity.signUp(input);
        return { status: "confirmed" };
      },
    })),
  },
  {
    fault: "shows the address that a code went to",
    caughtBy: "registration: masks the address that a code went to",
    saying: "expected that the address is masked, but that is not so",
    breakParts: breaking((identity) => ({
      async signUp(input) {
        await identity.signUp(input);
        return { ...waiting, delivery: shown(input.attributes.email ?? "") };
      },
    })),
  },
  {
    fault: "shows the address that a new code went to",
    caughtBy: "registration: masks the address that a new code went to",
    saying: "expected that the address is masked, but that is not so",
    breakParts: breaking((identity) => ({
      async resendConfirmation(input) {
        await identity.resendConfirmation(input);
        const { attributes } = await identity.getUser(input);
        return shown(String(attributes.email));
      },
    })),
  },
  {
    fault: "sends two codes",
    caughtBy: "registration: sends one code for a sign-up",
    saying: "expected codes sent to be 1, but it is 2",
    breakParts: breaking((identity) => ({
      async signUp(input) {
        const result = await identity.signUp(input);
        await identity.resendConfirmation(input);
        return result;
      },
    })),
  },
  ...caughtByEach(
    {
      fault: "sends a code again to whoever has the name",
      breakParts: breaking((identity) => ({
        signUp: (input) =>
          insteadOf("username_taken", identity.signUp(input), async (error) => {
            await identity.resendConfirmation(input);
            throw error;
          }),
      })),
    },
    [
      "registration: sends nothing for a refused sign-up",
      "expected codes sent to be 1, but it is 2",
    ],
    [
      "concurrency: sends one code for many sign-ups under one name",
      "expected codes sent to be 1, but it is",
    ],
  ),
  {
    fault: "gives a name that waits to another",
    caughtBy: "registration: refuses a name that waits for confirmation",
    saying: `expected username_taken, ${worked}`,
    breakParts: breaking((identity) => ({
      signUp: (input) => insteadOf("username_taken", identity.signUp(input), () => waiting),
    })),
  },
  {
    fault: "takes a blank for a value",
    caughtBy: "registration: takes a blank attribute for none that no account can be without",
    saying: `expected validation_failed, ${worked}`,
    breakParts: breakingOther("requiredAttribute", (identity) => ({
      signUp: (input) => insteadOf("validation_failed", identity.signUp(input), () => waiting),
    })),
  },
  ...caughtByEach(
    {
      fault: "takes values of any form",
      breakParts: breaking((identity) => ({
        signUp: (input) => insteadOf("validation_failed", identity.signUp(input), () => waiting),
      })),
    },
    [
      "registration: refuses a user name that it does not take and says which member is at fault",
      `expected validation_failed, ${worked}`,
    ],
    [
      "registration: refuses a malformed e-mail address and says which member is at fault",
      `expected validation_failed, ${worked}`,
    ],
  ),
  ...caughtByEach(
    {
      fault: "passes over attributes that nobody may set",
      breakParts: breaking((identity) => ({
        signUp: (input) =>
          insteadOf("attribute_not_writable", identity.signUp(input), () => waiting),
      })),
    },
    ["registration: lets nobody choose a subject", `expected attribute_not_writable, ${worked}`],
    [
      "registration: lets nobody declare an address proven",
      `expected attribute_not_writable, ${worked}`,
    ],
    [
      "registration: refuses an attribute before it looks at whether the name is taken",
      `expected attribute_not_writable, ${worked}`,
    ],
  ),
  {
    fault: "keeps the account of a sign-up that it refused",
    caughtBy: "registration: makes no account of a refused sign-up",
    saying: "expected a step to work, but it threw username_taken",
    breakParts: breaking((identity, { newUser }) => ({
      signUp: (input) =>
        insteadOf("password_policy_violation", identity.signUp(input), async (error) => {
          await identity.signUp({ ...input, password: newUser().password });
          throw error;
        }),
    })),
  },
  {
    fault: "keeps the password of the first sign-up",
    caughtBy:
      "registration: goes by the password of the last sign-up, where none is confirmed with",
    saying: "expected a step to work, but it threw invalid_credentials",
    breakParts: breaking((identity) => {
      const first = new Map<string, string>();
      return {
        async signUp(input) {
          const password = first.get(input.username) ?? input.password;
          first.set(input.username, password);
          return identity.signUp({ ...input, password });
        },
      };
    }),
  },
];

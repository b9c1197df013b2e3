import { type Capability, capabilities } from "../../domain/capabilities.ts";
import { ContractFailure, expectOneOf } from "../expectations.ts";
import { outcomeOf } from "../outcomes.ts";
import { contractCase } from "./contract-case.ts";
import { type OptionalMethods, optionalMethods } from "./optional-methods.ts";
import { signedInUser } from "./steps/account-steps.ts";

/** The cases on the capabilities that a provider declares, whatever they are. */
export const capabilityCases = [
  contractCase("capabilities: are of those that there are", async ({ identity }) => {
    for (const declared of identity.capabilities)
      expectOneOf("a capability", declared, capabilities);
  }),
  caseOf("registration"),
  caseOf("password recovery"),
  caseOf("password changes"),
  caseOf("profiles"),
  caseOf("reading profiles"),
  caseOf("sign-out"),
  caseOf("sign-out everywhere"),
  caseOf("second factors"),
  caseOf("authenticator apps"),
  caseOf("recovery codes"),
  caseOf("passkeys"),
  caseOf("sign-in codes by mail"),
  caseOf("sign-in codes by text message"),
  caseOf("codes sent again"),
  caseOf("custom challenges"),
  caseOf("lists of sessions"),
  caseOf("administration"),
  caseOf("lists of users"),
  caseOf("lists of groups"),
  caseOf("groups"),

  contractCase(
    "capabilities: says not_supported of an answer only where no sign-in waits for one",
    async ({ identity }) => {
      const waits = withChallenges.filter((name) => identity.capabilities.has(name));
      const invented = { session: "invented", answer: { type: "totp", code: "123456" } } as const;

      const outcome = await outcomeOf(identity.answerChallenge(invented));

      const others = waits.length === 0 ? ["not_supported"] : [];
      expectOneOf("the outcome", outcome, ["challenge_expired", ...others]);
    },
  ),
];

/** The capabilities that make a sign-in wait for an answer. A provider may have reasons of its own besides. */
const withChallenges = [
  "totp_mfa",
  "sms_mfa",
  "email_mfa",
  "email_code_sign_in",
  "sms_code_sign_in",
  "passkeys",
  "custom_challenges",
  "administration",
] as const satisfies readonly Capability[];

function caseOf<const Name extends keyof typeof optionalMethods>(name: Name) {
  const methods: OptionalMethods = optionalMethods[name];
  return contractCase(
    `capabilities: has the methods for ${name} where it declares them, and not_supported elsewhere`,
    async (harness) => {
      const { identity } = harness;
      const isDeclared = methods.capabilities.some((needed) => identity.capabilities.has(needed));
      const user = await signedInUser(harness);

      for (const [method, call] of Object.entries(methods.calls)) {
        const outcome = await outcomeOf(call(identity, user));
        if (isDeclared === (outcome === "not_supported"))
          throw new ContractFailure(describe(method, methods, isDeclared));
      }
    },
  );
}

function describe(
  method: string,
  { capabilities: names }: OptionalMethods,
  isDeclared: boolean,
): string {
  const list = names.join(" or ");
  return isDeclared
    ? `${method} throws not_supported, though ${list} is declared`
    : `expected ${method} to throw not_supported, as ${list} is not declared, but it does not`;
}

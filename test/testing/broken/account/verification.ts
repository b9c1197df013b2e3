import {
  type BrokenProvider,
  breaking,
  caughtByEach,
  fail,
  insteadOf,
} from "../broken-provider.ts";

const worked = "but the call worked";

export const brokenVerification: readonly BrokenProvider[] = [
  {
    fault: "shows the address that a proof is sent to",
    caughtBy: "verification: masks the address that a code went to",
    saying: "expected that the address is masked, but that is not so",
    breakParts: breaking((identity) => ({
      async startAttributeVerification(input) {
        await identity.startAttributeVerification(input);
        const { attributes } = await identity.getProfile(input);
        return { medium: "email", destination: String(attributes.email) };
      },
    })),
  },
  ...caughtByEach(
    {
      fault: "starts a proof of anything",
      breakParts: breaking((identity) => ({
        startAttributeVerification: (input) =>
          insteadOf(
            "validation_failed",
            identity.startAttributeVerification(input),
            () => undefined,
          ),
      })),
    },
    [
      "verification: proves no attribute that is no address",
      `expected validation_failed, ${worked}`,
    ],
    [
      "verification: proves no address that the user has not",
      `expected validation_failed, ${worked}`,
    ],
  ),
  {
    fault: "hides that a code of a proof could not be sent",
    caughtBy: "verification: says that a code could not be sent",
    saying: `expected delivery_failed, ${worked}`,
    breakParts: breaking((identity) => ({
      startAttributeVerification: (input) =>
        insteadOf("delivery_failed", identity.startAttributeVerification(input), () => undefined),
    })),
  },
  {
    fault: "sends codes of proofs without end",
    caughtBy: "verification: sends only so many codes",
    saying: "expected too_many_attempts at some point, but: no error ×30",
    breakParts: breaking((identity) => ({
      startAttributeVerification: (input) =>
        insteadOf("too_many_attempts", identity.startAttributeVerification(input), () => undefined),
    })),
  },
  ...caughtByEach(
    {
      fault: "takes anything for a proof",
      breakParts: breaking(() => ({ confirmAttribute: async () => undefined })),
    },
    ["verification: refuses the code of another user", `expected code_mismatch, ${worked}`],
    ["verification: refuses any code where none was asked for", `expected code_expired, ${worked}`],
    [
      "verification: makes a code worthless by sending a new one",
      `expected code_mismatch, ${worked}`,
    ],
    ["verification: refuses a code that is a week old", `expected code_expired, ${worked}`],
    [
      "concurrency: takes a verification code once of many times",
      "expected one call to work, but 50 did",
    ],
    [
      "concurrency: counts wrong verification codes that come at once",
      "expected a limit to guessing, but: no error ×50",
    ],
  ),
  {
    fault: "lets codes of proofs be guessed for ever",
    caughtBy: "verification: refuses even the right code after too many wrong ones",
    saying: "expected too_many_attempts at some point, but: code_mismatch ×30",
    breakParts: breaking((identity) => ({
      confirmAttribute: (input) =>
        insteadOf("too_many_attempts", identity.confirmAttribute(input), () =>
          fail("code_mismatch"),
        ),
    })),
  },
];

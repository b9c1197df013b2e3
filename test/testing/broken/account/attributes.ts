import { IdentityError } from "../../../../src/domain/errors.ts";
import { type BrokenProvider, breaking, fail, insteadOf } from "../broken-provider.ts";

export const brokenAttributes: readonly BrokenProvider[] = [
  {
    fault: "keeps what is to be deleted",
    caughtBy: "attributes: are deleted by a blank value",
    saying: "expected that the attribute is gone, but that is not so",
    breakParts: breaking((identity) => ({
      updateAttributes({ accessToken, attributes }) {
        const entries = Object.entries(attributes).filter(([, value]) => value !== "");
        return identity.updateAttributes({ accessToken, attributes: Object.fromEntries(entries) });
      },
    })),
  },
  {
    fault: "passes over what callers may not set",
    caughtBy: "attributes: that callers may not set are refused, with all others",
    saying: "expected attribute_not_writable, but the call worked",
    breakParts: breaking((identity) => ({
      updateAttributes: (input) =>
        insteadOf("attribute_not_writable", identity.updateAttributes(input), () => []),
    })),
  },
  {
    fault: "believes any new address",
    caughtBy: "attributes: never show a new address as proven before it is",
    saying: "expected email_verified to be false, but it is true",
    breakParts: breaking((identity) => {
      const emails = new Map<string, string>();
      return {
        async updateAttributes(input) {
          emails.set(input.accessToken, input.attributes.email ?? "");
          return identity.updateAttributes(input);
        },
        async getProfile(input) {
          const profile = await identity.getProfile(input);
          const email = emails.get(input.accessToken) ?? "";
          return { ...profile, attributes: { ...profile.attributes, email } };
        },
      };
    }),
  },
  {
    fault: "does not tell which address to confirm",
    caughtBy: "attributes: that are a new address get a code there",
    saying: 'expected the attributes to confirm to be ["email"], but it is []',
    breakParts: breaking((identity) => ({
      async updateAttributes(input) {
        await identity.updateAttributes(input);
        return [];
      },
    })),
  },
  {
    fault: "takes any code for a proof",
    caughtBy: "verification: refuses a wrong code, and takes the right one after",
    saying: "expected code_mismatch, but the call worked",
    breakParts: breaking((identity) => ({
      confirmAttribute: (input) =>
        insteadOf("code_mismatch", identity.confirmAttribute(input), () => undefined),
    })),
  },
  {
    fault: "takes a proof twice",
    caughtBy: "verification: spends the code on its use",
    saying: "expected code_expired or code_mismatch, but the call worked",
    breakParts: breaking((identity) => ({
      confirmAttribute: (input) =>
        insteadOf("code_expired", identity.confirmAttribute(input), () => undefined),
    })),
  },
  {
    fault: "takes what is no address for an address without a code",
    caughtBy: "verification: takes no code for an attribute that is no address",
    saying: "expected validation_failed, but the call threw code_expired",
    breakParts: breaking((identity) => ({
      confirmAttribute: (input) =>
        insteadOf("validation_failed", identity.confirmAttribute(input), () =>
          fail("code_expired"),
        ),
    })),
  },
  {
    fault: "tells that an address is another account's",
    caughtBy:
      "attributes: take an address that is another account's as any other, and send a code there",
    saying: "expected a step to work, but it threw alias_taken",
    breakParts: breaking((identity) => ({
      async updateAttributes(input) {
        const { email = "" } = input.attributes;
        const isTaken = await identity.getUser({ username: email }).catch(() => undefined);
        return isTaken ? fail("alias_taken") : identity.updateAttributes(input);
      },
    })),
  },
  {
    fault: "does not say what an address is needed for",
    caughtBy: "attributes: keep an address that a second factor goes to, and say that it does",
    saying: 'expected the reason to be "second_factor", but it is "invalid"',
    breakParts: breaking((identity) => ({
      updateAttributes: (input) =>
        insteadOf("validation_failed", identity.updateAttributes(input), ({ violations }) => {
          const vague = violations.map(({ path }) => ({ path, reason: "invalid" }));
          throw new IdentityError("validation_failed", { violations: vague });
        }),
    })),
  },
  {
    fault: "sends codes to new addresses without end",
    caughtBy: "attributes: send only so many codes to new addresses",
    saying: "expected too_many_attempts at some point, but: no error ×30",
    breakParts: breaking((identity) => ({
      updateAttributes: (input) =>
        insteadOf("too_many_attempts", identity.updateAttributes(input), () => []),
    })),
  },
  {
    fault: "begins the count of guesses anew with every address",
    caughtBy:
      "verification: lets codes be guessed only so often, however often an address is begun with",
    saying: "expected too_many_attempts to the end from some point on, but: code_mismatch",
    breakParts: breaking((identity) => ({
      confirmAttribute: (input) =>
        insteadOf("too_many_attempts", identity.confirmAttribute(input), () =>
          fail("code_mismatch"),
        ),
    })),
  },
];

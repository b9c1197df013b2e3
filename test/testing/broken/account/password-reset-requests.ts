import { type BrokenProvider, breaking, fail, insteadOf } from "../broken-provider.ts";

export const brokenPasswordResetRequests: readonly BrokenProvider[] = [
  {
    fault: "takes the old password away before the reset is done",
    caughtBy: "passwords: takes the old password until the reset is done",
    saying: "expected a step to work, but it threw invalid_credentials",
    breakParts: breaking((identity, { newUser }) => ({
      async startPasswordReset(input) {
        const { password } = newUser();
        const delivery = await identity.startPasswordReset(input);
        await identity.setPassword({ ...input, password, isPermanent: true });
        return delivery;
      },
    })),
  },
  {
    fault: "shows the address that a reset code went to",
    caughtBy: "passwords: masks the address that a reset code went to",
    saying: "expected that the address is masked, but that is not so",
    breakParts: breaking((identity) => ({
      async startPasswordReset(input) {
        await identity.startPasswordReset(input);
        const { attributes } = await identity.getUser(input);
        return { medium: "email", destination: String(attributes.email) };
      },
    })),
  },
  {
    fault: "says something else of who is unknown and wants a reset",
    caughtBy: "passwords: says of an unknown user who wants a reset at most that",
    saying: 'expected the outcome to be "user_not_found" or "no error", but it is "not_found"',
    breakParts: breaking((identity) => ({
      startPasswordReset: (input) =>
        insteadOf("user_not_found", identity.startPasswordReset(input), () => fail("not_found")),
    })),
  },
  {
    fault: "takes an address for proven that a reset is wanted for",
    caughtBy: "passwords: sends no reset code to an address that is not proven",
    saying: "expected codes sent to be 0, but it is 1",
    breakParts: breaking((identity) => ({
      startPasswordReset: (input) =>
        insteadOf("recovery_unavailable", identity.startPasswordReset(input), async () => {
          const attributes = { email_verified: "true" };
          await identity.updateUser({ ...input, attributes });
          await identity.confirmUser(input).catch(() => undefined);
          return identity.startPasswordReset(input);
        }),
    })),
  },
  {
    fault: "sends one reset code and no other",
    caughtBy: "passwords: makes a reset code worthless by sending a new one",
    saying: "expected code_mismatch, but the call worked",
    breakParts: breaking((identity) => {
      const asked = new Set<string>();
      return {
        async startPasswordReset(input) {
          if (asked.has(input.username)) return undefined;
          asked.add(input.username);
          return identity.startPasswordReset(input);
        },
      };
    }),
  },
  {
    fault: "hides that a reset code could not be sent",
    caughtBy: "passwords: says that a reset code could not be sent",
    saying: "expected delivery_failed, or that the operator is told, but: no error, and nobody was",
    breakParts: breaking((identity) => ({
      startPasswordReset: (input) =>
        insteadOf("delivery_failed", identity.startPasswordReset(input), () => undefined),
    })),
  },
  {
    fault: "sends reset codes without end",
    caughtBy: "passwords: sends only so many reset codes",
    saying: "expected too_many_attempts at some point, but: no error ×30",
    breakParts: breaking((identity) => ({
      startPasswordReset: (input) =>
        insteadOf("too_many_attempts", identity.startPasswordReset(input), () => undefined),
    })),
  },
];

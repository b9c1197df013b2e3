import { describe, expect, test } from "vitest";
import { IdentityError } from "../../../src/domain/errors.ts";
import {
  confirmSignUp,
  resendConfirmation,
  signUp,
} from "../../../src/domain/use-cases/registration.ts";
import { failing } from "../../support/memory-ports.ts";
import {
  account,
  createCore,
  keepingNames,
  newPassword,
  normal,
  typed,
  username,
} from "./support.ts";

const hidden = { takenUsername: "hidden", signUpStatus: "confirmation_required" } as const;
const shown = { ...hidden, takenUsername: "shown" } as const;
const weak = {
  code: "password_policy_violation",
  violations: [{ path: ["password"], reason: "too_short" }],
};

describe("signing up", () => {
  test("answers for a name that is taken as for a free one, and records that it was taken", async () => {
    const { ports, events } = createCore();

    const free = await signUp(ports, hidden, account);
    const taken = await signUp(ports, hidden, account);

    expect(taken).toEqual(free);
    expect(events).toMatchObject([
      { type: "sign_up", outcome: "success" },
      { type: "sign_up", outcome: "failure", code: "username_taken" },
    ]);
  });

  test("says that a name is taken, and where the code went, where the policy shows it", async () => {
    const { ports } = createCore();

    const free = await signUp(ports, shown, account);

    expect(free).toHaveProperty("delivery.medium", "email");
    await expect(signUp(ports, shown, account)).rejects.toMatchObject({ code: "username_taken" });
  });

  test("hides a code that could not be sent with the names that are taken, and shows it with them", async () => {
    const onMessage = () => {
      throw new Error("the mail server is down");
    };
    const { ports } = createCore({ onMessage });

    expect(await signUp(ports, hidden, account)).toEqual({ status: "confirmation_required" });
    const another = { ...account, username: "grace@example.com" };
    await expect(signUp(ports, shown, another)).rejects.toMatchObject({ code: "delivery_failed" });
  });

  test("tells of everything else that stands against it, hidden or not", async () => {
    const { ports } = createCore({ allowSignUp: false });

    const outcome = signUp(ports, hidden, account);

    await expect(outcome).rejects.toMatchObject({ code: "sign_up_disabled" });
  });

  test("refuses a weak password before anybody is asked whose name it is", async () => {
    const { ports, events, signedUp } = createCore();
    await signedUp();

    const outcome = signUp(ports, shown, { ...account, password: "short" });

    await expect(outcome).rejects.toMatchObject(weak);
    expect(events).toEqual([]);
  });

  test("is no way to a name that no path could name", async () => {
    const { ports, events } = createCore({ signInModel: "username" });

    const outcome = signUp(ports, hidden, { ...account, username: ".." });

    const violations = [{ path: ["username"], reason: "dot_segment" }];
    await expect(outcome).rejects.toMatchObject({ code: "validation_failed", violations });
    expect(events).toEqual([]);
  });
});

describe("the provider", () => {
  test("is asked for a name in its normal form, whichever it was typed in", async () => {
    const names: string[] = [];
    const { ports, lastCode } = createCore({}, keepingNames(names));

    await signUp(ports, hidden, { ...account, username: typed });
    await resendConfirmation(ports, { username: typed });
    await confirmSignUp(ports, { username: typed, code: lastCode(normal) });

    expect(names).toEqual([normal, normal, normal]);
  });
});

describe("confirming a sign-up", () => {
  test.each(["code_expired", "already_confirmed", "user_not_found"] as const)(
    "says no more than code_mismatch for %s, which the event and the cause tell",
    async (code) => {
      const error = new IdentityError(code);
      const { ports, events } = createCore({}, failing("confirmSignUp", error));

      const outcome = confirmSignUp(ports, { username, code: "000000" });

      await expect(outcome).rejects.toMatchObject({ code: "code_mismatch", cause: error });
      expect(events).toMatchObject([{ type: "sign_up_confirmation", outcome: "failure", code }]);
    },
  );

  test("tells of too many attempts, which users who do not exist have as well", async () => {
    const error = new IdentityError("too_many_attempts");
    const { ports } = createCore({}, failing("confirmSignUp", error));

    await expect(confirmSignUp(ports, { username, code: "000000" })).rejects.toBe(error);
  });

  test("refuses a weak password and leaves the code good", async () => {
    const { ports, events, lastCode } = createCore();
    await signUp(ports, hidden, account);
    const proof = { username, code: lastCode() };

    const outcome = confirmSignUp(ports, { ...proof, password: "short" });

    await expect(outcome).rejects.toMatchObject(weak);
    expect(events).toHaveLength(1);
    await confirmSignUp(ports, { ...proof, password: newPassword });
    expect(events.at(-1)).toMatchObject({ type: "sign_up_confirmation", outcome: "success" });
  });
});

describe("asking for another confirmation code", () => {
  test.each([
    "user_not_found",
    "already_confirmed",
    "too_many_attempts",
    "delivery_failed",
  ] as const)("ends well where the provider says %s, which the event alone tells", async (code) => {
    const broken = failing("resendConfirmation", new IdentityError(code));
    const { ports, events } = createCore({}, broken);

    await resendConfirmation(ports, { username });

    expect(events).toMatchObject([{ type: "confirmation_resend", outcome: "failure", code }]);
  });

  test("fails where the provider is down, which says nothing of the user", async () => {
    const error = new IdentityError("provider_unavailable");
    const { ports } = createCore({}, failing("resendConfirmation", error));

    await expect(resendConfirmation(ports, { username })).rejects.toBe(error);
  });
});

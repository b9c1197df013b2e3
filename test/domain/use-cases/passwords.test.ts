import { describe, expect, test } from "vitest";
import { IdentityError } from "../../../src/domain/errors.ts";
import {
  changePassword,
  forgotPassword,
  resetPassword,
} from "../../../src/domain/use-cases/passwords.ts";
import { failing } from "../../support/memory-ports.ts";
import {
  createCore,
  keepingNames,
  newPassword,
  normal,
  password,
  sessionOf,
  typed,
  username,
} from "./support.ts";

const attempt = { username, code: "000000", newPassword };

describe("asking for a code to set a new password with", () => {
  test.each([
    "user_not_found",
    "recovery_unavailable",
    "user_not_confirmed",
    "user_disabled",
    "too_many_attempts",
    "delivery_failed",
  ] as const)("ends well where the provider says %s, which the event alone tells", async (code) => {
    const broken = failing("startPasswordReset", new IdentityError(code));
    const { ports, events } = createCore({}, broken);

    await forgotPassword(ports, { username });

    expect(events).toMatchObject([{ type: "password_reset_request", outcome: "failure", code }]);
  });

  test.each(["provider_unavailable", "not_supported"] as const)(
    "fails with %s, which says nothing of the user",
    async (code) => {
      const error = new IdentityError(code);
      const { ports } = createCore({}, failing("startPasswordReset", error));

      await expect(forgotPassword(ports, { username })).rejects.toBe(error);
    },
  );
});

describe("resetting a password", () => {
  test.each([
    "code_expired",
    "user_not_found",
    "recovery_unavailable",
    "user_not_confirmed",
    "user_disabled",
  ] as const)(
    "says no more than code_mismatch for %s, which the event and the cause tell",
    async (code) => {
      const error = new IdentityError(code);
      const { ports, events } = createCore({}, failing("resetPassword", error));

      const outcome = resetPassword(ports, attempt);

      await expect(outcome).rejects.toMatchObject({ code: "code_mismatch", cause: error });
      expect(events).toMatchObject([{ type: "password_reset", outcome: "failure", code }]);
    },
  );

  test.each(["too_many_attempts", "provider_timeout"] as const)(
    "fails with %s, which says nothing of the user",
    async (code) => {
      const error = new IdentityError(code);
      const { ports } = createCore({}, failing("resetPassword", error));

      await expect(resetPassword(ports, attempt)).rejects.toBe(error);
    },
  );

  test("refuses a weak password before anybody is asked whose it is", async () => {
    const { ports, events } = createCore();

    const outcome = resetPassword(ports, { ...attempt, newPassword: "short" });

    await expect(outcome).rejects.toMatchObject({
      code: "password_policy_violation",
      violations: [{ path: ["newPassword"], reason: "too_short" }],
    });
    expect(events).toEqual([]);
  });

  test("ends the access tokens of every session", async () => {
    const { ports, caller, lastCode, revoked, events } = createCore();
    const user = await caller();
    await forgotPassword(ports, { username });

    await resetPassword(ports, { ...attempt, code: lastCode() });

    expect(await revoked()).toMatchObject([{ kind: "session", sessionId: sessionOf(user) }]);
    expect(events.at(-1)).toMatchObject({ type: "password_reset", outcome: "success" });
  });
});

describe("the provider", () => {
  test("is asked for a name in its normal form, whichever it was typed in", async () => {
    const names: string[] = [];
    const { ports, signedUp, lastCode } = createCore({}, keepingNames(names));
    await signedUp(normal);

    await forgotPassword(ports, { username: typed });
    await resetPassword(ports, { username: typed, code: lastCode(normal), newPassword });

    expect(names).toEqual([normal, normal]);
  });
});

describe("changing a password", () => {
  test("ends the access tokens of the other sessions, and leaves the caller's", async () => {
    const { ports, caller, signedIn, revoked, events } = createCore();
    const user = await caller();
    const other = await signedIn();

    await changePassword(ports, user, { currentPassword: password, newPassword });

    expect(await revoked()).toMatchObject([{ kind: "session", sessionId: sessionOf(other) }]);
    const { subject } = user.principal;
    expect(events).toMatchObject([{ type: "password_change", outcome: "success", subject }]);
  });

  test("ends nobody's access where the current password is wrong, and is recorded as a failure", async () => {
    const { ports, caller, signedIn, revoked, events } = createCore();
    const user = await caller();
    await signedIn();

    const outcome = changePassword(ports, user, { currentPassword: newPassword, newPassword });

    const code = "invalid_credentials";
    await expect(outcome).rejects.toMatchObject({ code });
    expect(await revoked()).toEqual([]);
    expect(events).toMatchObject([{ type: "password_change", outcome: "failure", code }]);
  });

  test("refuses a weak password, and takes no attempt at the current one for it", async () => {
    const { ports, caller, events } = createCore({ limits: { passwordChangesPerHour: 1 } });
    const user = await caller();
    const input = { currentPassword: password, newPassword };

    const outcome = changePassword(ports, user, { ...input, newPassword: "short" });

    await expect(outcome).rejects.toMatchObject({
      code: "password_policy_violation",
      violations: [{ path: ["newPassword"], reason: "too_short" }],
    });
    await changePassword(ports, user, input);
    expect(events).toMatchObject([{ type: "password_change", outcome: "success" }]);
  });
});

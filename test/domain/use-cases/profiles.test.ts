import { describe, expect, test } from "vitest";
import { IdentityError } from "../../../src/domain/errors.ts";
import {
  confirmAttribute,
  deleteAccount,
  getProfile,
  startAttributeVerification,
  updateProfile,
} from "../../../src/domain/use-cases/profiles.ts";
import { failing } from "../../support/memory-ports.ts";
import { createCore, username } from "./support.ts";

describe("a profile", () => {
  test("is read without an event, as are codes to prove an address asked for", async () => {
    const { ports, caller, events } = createCore();
    const user = await caller();

    const { subject } = await getProfile(ports, user);
    const delivery = await startAttributeVerification(ports, user, "email");

    expect(delivery).toMatchObject({ medium: "email" });
    expect(subject).toBe(user.principal.subject);
    expect(events).toEqual([]);
  });

  test("that is changed is an event of the caller's, which tells no value", async () => {
    const { ports, caller, events } = createCore();
    const user = await caller();
    const { subject } = user.principal;

    await updateProfile(ports, user, { attributes: { given_name: "Augusta" } });

    const { attributes } = await getProfile(ports, user);
    expect(attributes).toMatchObject({ given_name: "Augusta" });
    const at = expect.any(Number);
    expect(events).toEqual([{ type: "profile_update", outcome: "success", at, subject }]);
  });

  test("that may not be changed so is an event with the code", async () => {
    const { ports, caller, events } = createCore();
    const user = await caller();

    const outcome = updateProfile(ports, user, { attributes: { sub: "sub-1" } });

    const code = "attribute_not_writable";
    await expect(outcome).rejects.toMatchObject({ code });
    expect(events).toMatchObject([{ type: "profile_update", outcome: "failure", code }]);
  });

  test("whose address is proven is an event of the caller's", async () => {
    const { ports, caller, events, lastCode } = createCore();
    const user = await caller();
    const { subject } = user.principal;
    const email = "countess@example.com";

    const deliveries = await updateProfile(ports, user, { attributes: { email } });
    await confirmAttribute(ports, user, { attribute: "email", code: lastCode() });

    expect(deliveries).toMatchObject([{ attribute: "email" }]);
    expect((await getProfile(ports, user)).attributes).toMatchObject({ email });
    const event = { type: "attribute_verification", outcome: "success", subject };
    expect(events.at(-1)).toMatchObject(event);
  });

  test("whose address is proven with a wrong code is an event of the caller's", async () => {
    const { ports, caller, events } = createCore();
    const user = await caller();
    const { subject } = user.principal;

    const outcome = confirmAttribute(ports, user, { attribute: "email", code: "wrong" });

    const code = "code_expired";
    await expect(outcome).rejects.toMatchObject({ code });
    expect(events).toMatchObject([
      { type: "attribute_verification", outcome: "failure", subject, code },
    ]);
  });
});

describe("deleting an account", () => {
  test("ends every access token of it, and is recorded as the caller's", async () => {
    const { ports, caller, revoked, events } = createCore();
    const user = await caller();
    const { subject } = user.principal;

    await deleteAccount(ports, user);

    expect(await revoked()).toMatchObject([{ kind: "user", subject }]);
    expect(events).toMatchObject([{ type: "account_deletion", outcome: "success", subject }]);
    const deleted = ports.identity.getUser({ username });
    await expect(deleted).rejects.toMatchObject({ code: "user_not_found" });
  });

  test("ends no access token where the account is still there", async () => {
    const error = new IdentityError("provider_unavailable");
    const { ports, caller, revoked, events } = createCore({}, failing("deleteAccount", error));
    const user = await caller();

    await expect(deleteAccount(ports, user)).rejects.toBe(error);

    expect(await revoked()).toEqual([]);
    expect(events).toMatchObject([{ type: "account_deletion", outcome: "failure" }]);
  });
});

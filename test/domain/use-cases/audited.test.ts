import { describe, expect, test } from "vitest";
import { IdentityError } from "../../../src/domain/errors.ts";
import type { SecurityEvent } from "../../../src/domain/security-event.ts";
import { audited } from "../../../src/domain/use-cases/audited.ts";

const at = 1_795_291_200_000;

function createAudit() {
  const events: SecurityEvent[] = [];
  const record = (event: SecurityEvent) => events.push(event);
  return { events, ports: { events: { record }, clock: { now: () => at } } };
}

describe("something that is audited", () => {
  test("gives what it gives, and is one event with what it is about", async () => {
    const { ports, events } = createAudit();
    const about = { subject: "sub-1", action: "getUser" };

    const result = await audited(ports, "administration", async () => "a user", about);

    expect(result).toBe("a user");
    expect(events).toEqual([{ type: "administration", outcome: "success", at, ...about }]);
  });

  test("fails as it fails, and is one event with the provider's own code", async () => {
    const { ports, events } = createAudit();
    const error = new IdentityError("user_not_found");

    const outcome = audited(ports, "sign_in", () => Promise.reject(error));

    await expect(outcome).rejects.toBe(error);
    expect(events).toEqual([{ type: "sign_in", outcome: "failure", at, code: "user_not_found" }]);
  });

  test("is an internal error where an error of no known kind is thrown, and tells nothing of it", async () => {
    const { ports, events } = createAudit();
    const error = new TypeError("cannot read Correct-Horse-7");

    const outcome = audited(ports, "sign_in", () => Promise.reject(error));

    await expect(outcome).rejects.toBe(error);
    expect(events).toEqual([{ type: "sign_in", outcome: "failure", at, code: "internal_error" }]);
  });
});

import { describe, expect, test } from "vitest";
import {
  deletePasskey,
  finishPasskeyRegistration,
  listPasskeys,
  startPasskeyRegistration,
} from "../../../src/domain/use-cases/passkeys.ts";
import { newDevice, passkeyVerifier } from "../../adapters/webauthn/support.ts";
import { createCore } from "./support.ts";

/** A user who is about to register a passkey, and what their browser made. */
async function start() {
  const core = createCore({ passkeys: passkeyVerifier() });
  const user = await core.caller();
  const options = await startPasskeyRegistration(core.ports, user);
  return { ...core, user, credential: await newDevice().create(options) };
}

describe("a passkey", () => {
  test("that is registered and removed is two events of the caller's, which do not name it", async () => {
    const { ports, user, credential, events } = await start();
    const { subject } = user.principal;

    await finishPasskeyRegistration(ports, user, credential);
    await deletePasskey(ports, user, String(credential.id));

    const event = { type: "passkey_change", outcome: "success", at: expect.any(Number), subject };
    expect(events).toEqual([event, event]);
  });

  test("that is refused is an event of the caller's with the provider's code", async () => {
    const { ports, user, events } = await start();
    const { subject } = user.principal;

    const outcome = finishPasskeyRegistration(ports, user, { id: "made-up" });

    const code = "passkey_rejected";
    await expect(outcome).rejects.toMatchObject({ code });
    expect(events).toMatchObject([{ type: "passkey_change", outcome: "failure", subject, code }]);
  });

  test("that is not there is an event as well, when it is to be removed", async () => {
    const { ports, user, events } = await start();

    const outcome = deletePasskey(ports, user, "made-up");

    const code = "not_found";
    await expect(outcome).rejects.toMatchObject({ code });
    expect(events).toMatchObject([{ type: "passkey_change", outcome: "failure", code }]);
  });

  test("is begun and listed without an event", async () => {
    const { ports, user, events } = await start();

    expect(await listPasskeys(ports, user)).toEqual([]);
    expect(events).toEqual([]);
  });
});

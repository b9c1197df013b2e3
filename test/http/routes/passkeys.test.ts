import { describe, expect, test } from "vitest";
import { IdentityError } from "../../../src/domain/errors.ts";
import type { IdentityProvider, Ports } from "../../../src/ports/index.ts";
import { failing, startService } from "../support.ts";

const credential = { id: "a-1", rawId: "a-1", type: "public-key", response: {} };

/** Keeps passkeys as a provider that believes every browser. */
function withPasskeys({ identity }: Ports): Partial<Ports> {
  const kept = new Map<string, { id: string; createdAt: number }>();
  const passkeys: Partial<IdentityProvider> = {
    startPasskeyRegistration: async () => ({
      challenge: "YQ",
      rp: { name: "Portico" },
      user: { id: "YWRh", name: "ada", displayName: "Ada" },
      pubKeyCredParams: [],
    }),
    finishPasskeyRegistration: async ({ credential: { id } }) => {
      kept.set(String(id), { id: String(id), createdAt: 1795291200 });
    },
    listPasskeys: async () => [...kept.values()],
    deletePasskey: async ({ id }) => {
      if (!kept.delete(id)) throw new IdentityError("not_found");
    },
  };
  return { identity: { ...identity, ...passkeys } };
}

async function start(ports: (ports: Ports) => Partial<Ports> = withPasskeys) {
  const { send, signedIn } = startService({ ports });
  const { access_token: token } = await signedIn();
  return (method: string, target: string, body?: object) =>
    send(method, target, { token, ...(body && { body }) });
}

describe("passkeys", () => {
  test("are registered, listed and removed", async () => {
    const call = await start();

    const started = await call("POST", "/v1/me/passkeys/registration");
    const finished = await call("POST", "/v1/me/passkeys", { credential });
    const listed = await call("GET", "/v1/me/passkeys");
    const removed = await call("DELETE", "/v1/me/passkeys/a-1");
    const gone = await call("DELETE", "/v1/me/passkeys/a-1");

    expect(started.body).toEqual({
      options: {
        challenge: "YQ",
        rp: { name: "Portico" },
        user: { id: "YWRh", name: "ada", displayName: "Ada" },
        pubKeyCredParams: [],
      },
    });
    expect([finished.status, removed.status]).toEqual([204, 204]);
    expect(listed.body).toEqual({ passkeys: [{ id: "a-1", created_at: 1795291200 }] });
    expect([gone.status, gone.body.code]).toEqual([404, "not_found"]);
  });

  test.each([
    [{}, "required"],
    [{ credential: "a" }, "invalid_type"],
    [{ credential: JSON.parse(`${'{"a":'.repeat(9)}1${"}".repeat(9)}`) }, "too_deep"],
  ])("refuse %j", async (body, reason) => {
    const call = await start();

    const refused = await call("POST", "/v1/me/passkeys", body);

    expect(refused.body.errors).toEqual([{ pointer: "/credential", reason }]);
  });

  test.each([
    ["passkey_rejected", 422],
    ["challenge_expired", 401],
    ["conflict", 409],
    ["not_supported", 501],
    ["token_revoked", 401],
  ] as const)("are refused with %s by %i", async (code, expected) => {
    const call = await start(failing("finishPasskeyRegistration", new IdentityError(code)));

    const { status, body } = await call("POST", "/v1/me/passkeys", { credential });

    expect([status, body.code]).toEqual([expected, code]);
  });

  test.each([
    ["GET", "/v1/me/passkeys"],
    ["POST", "/v1/me/passkeys"],
    ["POST", "/v1/me/passkeys/registration"],
    ["DELETE", "/v1/me/passkeys/a-1"],
  ])("are the user's alone: %s %s", async (method, target) => {
    const { send } = startService({ ports: withPasskeys });

    const { status } = await send(method, target);

    expect(status).toBe(401);
  });
});

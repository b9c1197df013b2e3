import { describe, expect, test } from "vitest";
import { IdentityError } from "../../../src/domain/errors.ts";
import type { Principal } from "../../../src/domain/principal.ts";
import { signOutEverywhere } from "../../../src/domain/use-cases/sessions.ts";
import { revokeToken } from "../../../src/domain/use-cases/token-revocation.ts";
import { failing } from "../../support/memory-ports.ts";
import { claimsOf, createCore, password, refusingWith, sessionOf, username } from "./support.ts";

/** @see https://www.rfc-editor.org/rfc/rfc7009#section-2 */
describe("a token that is revoked", () => {
  test("ends its session where it is a refresh token, and is recorded as nobody's", async () => {
    const { ports, caller, events } = createCore();
    const user = await caller();

    await revokeToken(ports, user.refreshToken);

    const refresh = ports.identity.refresh(user);
    await expect(refresh).rejects.toMatchObject({ code: "invalid_refresh_token" });
    const at = expect.any(Number);
    expect(events).toStrictEqual([{ type: "token_revocation", outcome: "success", at }]);
  });

  test("ends the access tokens of its session where it is an access token, and is recorded as its user's", async () => {
    const { ports, caller, revoked, events } = createCore();
    const user = await caller();
    const { subject } = user.principal;

    await revokeToken(ports, user.accessToken);

    expect(await revoked()).toMatchObject([{ kind: "session", sessionId: sessionOf(user) }]);
    expect(events).toMatchObject([{ type: "token_revocation", outcome: "success", subject }]);
  });

  test("is no error where nobody knows it", async () => {
    const { ports } = createCore();

    await expect(revokeToken(ports, "made-up")).resolves.toBeUndefined();
  });

  test("is neither error nor event where it is dead already", async () => {
    const { ports, caller, events } = createCore();
    const user = await caller();
    await signOutEverywhere(ports, user);

    await revokeToken(ports, user.accessToken);

    expect(events).toMatchObject([{ type: "sign_out_everywhere" }]);
  });

  test("is neither error nor event where its time is over", async () => {
    const { ports, caller, events } = createCore({}, refusingWith("token_expired"));
    const { accessToken } = await caller();

    await revokeToken(ports, accessToken);

    expect(events).toEqual([]);
  });

  test("is no error where the provider takes it for a token of another kind", async () => {
    const error = new IdentityError("unsupported_token_type");
    const { ports, events } = createCore({}, failing("signOut", error));

    await expect(revokeToken(ports, "made-up")).resolves.toBeUndefined();

    expect(events).toMatchObject([{ type: "token_revocation", outcome: "success" }]);
  });

  test("is an error where the provider cannot end its session now", async () => {
    const error = new IdentityError("provider_timeout");
    const { ports } = createCore({}, failing("signOut", error));

    await expect(revokeToken(ports, "made-up")).rejects.toBe(error);
  });

  test.each<[string, (claims: ReturnType<typeof claimsOf>) => Principal]>([
    ["names no session", (claims) => ({ ...claims, kind: "user", username, groups: [] })],
    ["speaks for a program", (claims) => ({ ...claims, kind: "machine" })],
  ])("is refused where it is an access token that %s", async (_what, change) => {
    const { ports, caller, revoked } = createCore();
    const { accessToken, principal } = await caller();
    const tokens = { verify: async () => change(claimsOf(principal)) };

    const outcome = revokeToken({ ...ports, tokens }, accessToken);

    await expect(outcome).rejects.toMatchObject({ code: "unsupported_token_type" });
    expect(await revoked()).toEqual([]);
  });

  test("is refused where it is an ID token, which is nobody's credential", async () => {
    const { ports, signedUp } = createCore();
    await signedUp();
    const result = await ports.identity.signIn({ username, password });
    const idToken = result.status === "signed_in" ? (result.tokens.idToken ?? "") : "";

    const outcome = revokeToken(ports, idToken);

    await expect(outcome).rejects.toMatchObject({
      code: "unsupported_token_type",
      cause: { code: "invalid_token", rejection: "wrong_use" },
    });
  });

  test("is refused where it is an access token and nobody can be told", async () => {
    const { ports, caller } = createCore({}, () => ({ revocations: undefined }));
    const { accessToken } = await caller();

    const outcome = revokeToken(ports, accessToken);

    await expect(outcome).rejects.toMatchObject({ code: "unsupported_token_type" });
  });

  test("is not taken for a refresh token where it cannot be told what it is", async () => {
    const { ports, memory, caller } = createCore({}, refusingWith("keys_unavailable"));
    const user = await caller();

    const outcome = revokeToken(ports, user.refreshToken);

    await expect(outcome).rejects.toMatchObject({ code: "keys_unavailable" });

    await expect(memory.identity.refresh(user)).resolves.toHaveProperty("accessToken");
  });
});

import { describe, expect, test } from "vitest";
import { IdentityError } from "../../../src/domain/errors.ts";
import { signOutEverywhere } from "../../../src/domain/use-cases/sessions.ts";
import { revokeToken } from "../../../src/domain/use-cases/token-revocation.ts";
import { createCore, password, sessionOf, username } from "./support.ts";

/** @see https://www.rfc-editor.org/rfc/rfc7009#section-2 */
describe("a token that is revoked", () => {
  test("ends its session where it is a refresh token, and is recorded as nobody's", async () => {
    const { ports, caller, events } = createCore();
    const user = await caller();

    await revokeToken(ports, user.refreshToken);

    const refresh = ports.identity.refresh(user);
    await expect(refresh).rejects.toMatchObject({ code: "invalid_refresh_token" });
    const at = expect.any(Number);
    expect(events).toEqual([{ type: "token_revocation", outcome: "success", at }]);
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

  test("is refused where it is an ID token, which is nobody's credential", async () => {
    const { ports, signedUp } = createCore();
    await signedUp();
    const result = await ports.identity.signIn({ username, password });
    const idToken = result.status === "signed_in" ? (result.tokens.idToken ?? "") : "";

    const outcome = revokeToken(ports, idToken);

    await expect(outcome).rejects.toMatchObject({ code: "unsupported_token_type" });
  });

  test("is refused where it is an access token and nobody can be told", async () => {
    const { ports, caller } = createCore({}, () => ({ revocations: undefined }));
    const { accessToken } = await caller();

    const outcome = revokeToken(ports, accessToken);

    await expect(outcome).rejects.toMatchObject({ code: "unsupported_token_type" });
  });

  test("is not taken for a refresh token where it cannot be told what it is", async () => {
    const error = new IdentityError("keys_unavailable");
    const { ports, memory, caller } = createCore({}, ({ tokens }) => ({
      tokens: { ...tokens, verify: () => Promise.reject(error) },
    }));
    const user = await caller();

    await expect(revokeToken(ports, user.refreshToken)).rejects.toBe(error);

    await expect(memory.identity.refresh(user)).resolves.toHaveProperty("accessToken");
  });
});

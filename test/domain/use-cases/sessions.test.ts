import { describe, expect, test } from "vitest";
import type { ChallengeAnswer } from "../../../src/domain/challenge.ts";
import { IdentityError } from "../../../src/domain/errors.ts";
import {
  answerChallenge,
  authenticate,
  endSession,
  introspect,
  listSessions,
  refreshTokens,
  resendChallengeCode,
  signIn,
  signOut,
  signOutEverywhere,
} from "../../../src/domain/use-cases/sessions.ts";
import { failing } from "../../support/memory-ports.ts";
import {
  createCore,
  keepingNames,
  newPassword,
  normal,
  password,
  refusingWith,
  sessionOf,
  typed,
  username,
} from "./support.ts";

/** Where whoever publishes the signing keys is down. */
const withoutKeys = refusingWith("keys_unavailable");

describe("signing in", () => {
  test("hides that there is no such user, which the event tells", async () => {
    const error = new IdentityError("user_not_found");
    const { ports, events } = createCore({}, failing("signIn", error));

    const outcome = signIn(ports, { username, password });

    await expect(outcome).rejects.toMatchObject({ code: "invalid_credentials", cause: error });
    expect(events).toMatchObject([{ type: "sign_in", outcome: "failure", code: "user_not_found" }]);
  });

  test("tells whoever knows the password what else is wrong with the account", async () => {
    const error = new IdentityError("user_not_confirmed");
    const { ports } = createCore({}, failing("signIn", error));

    await expect(signIn(ports, { username, password })).rejects.toBe(error);
  });

  test("asks the provider for a name in its normal form, whichever it was typed in", async () => {
    const names: string[] = [];
    const { ports, signedUp } = createCore({}, keepingNames(names));
    await signedUp(normal);

    const result = await signIn(ports, { username: typed, password });

    expect(result.status).toBe("signed_in");
    expect(names).toEqual([normal]);
  });

  test("asks for a choice where neither a factor nor a password was given", async () => {
    const { ports } = createCore();

    const result = await signIn(ports, { username });

    expect(result).toMatchObject({ challenge: { type: "select_factor" } });
  });

  test.each([
    ["required", { factor: "password" }],
    ["not_allowed", { factor: "email_code", password }],
  ] as const)(
    "calls the password %s by the factor, before the provider is asked",
    async (reason, how) => {
      const { ports, events } = createCore();

      const outcome = signIn(ports, { username, ...how });

      const violations = [{ path: ["password"], reason }];
      await expect(outcome).rejects.toMatchObject({ code: "validation_failed", violations });
      expect(events).toEqual([]);
    },
  );
});

describe("answering a challenge", () => {
  test("refuses a weak new password before the session is looked at", async () => {
    const { ports, events } = createCore();
    const answer = { type: "new_password", newPassword: "short", attributes: {} } as const;

    const outcome = answerChallenge(ports, { session: "made-up", answer });

    const violations = [{ path: ["newPassword"], reason: "too_short" }];
    await expect(outcome).rejects.toMatchObject({ code: "password_policy_violation", violations });
    expect(events).toEqual([]);
  });

  test("is an event of its own where it is a recovery code", async () => {
    const { ports, events } = createCore();
    const answer = { type: "recovery_code", code: "4w7kp" } as const;

    const outcome = answerChallenge(ports, { session: "made-up", answer });

    const code = "challenge_expired";
    await expect(outcome).rejects.toMatchObject({ code });
    expect(events).toMatchObject([{ type: "recovery_code_use", outcome: "failure", code }]);
  });

  test.each<[string, ChallengeAnswer]>([
    ["a new password that will do", { type: "new_password", newPassword, attributes: {} }],
    ["a code", { type: "totp", code: "000000" }],
  ])(
    "looks at the session for %s, and is recorded with the provider's code",
    async (_what, answer) => {
      const { ports, events } = createCore();

      const outcome = answerChallenge(ports, { session: "made-up", answer });

      const code = "challenge_expired";
      await expect(outcome).rejects.toMatchObject({ code });
      expect(events).toMatchObject([{ type: "challenge_answer", outcome: "failure", code }]);
    },
  );

  test("with a code that is to be sent again is recorded with the provider's code", async () => {
    const { ports, events } = createCore();

    const outcome = resendChallengeCode(ports, { session: "made-up" });

    const code = "challenge_expired";
    await expect(outcome).rejects.toMatchObject({ code });
    expect(events).toMatchObject([{ type: "challenge_code_resend", outcome: "failure", code }]);
  });
});

describe("refreshing", () => {
  test("is recorded with the provider's code, and without the token", async () => {
    const { ports, events } = createCore();

    const outcome = refreshTokens(ports, { refreshToken: "made-up" });

    const code = "invalid_refresh_token";
    await expect(outcome).rejects.toMatchObject({ code });
    expect(events).toEqual([
      { type: "token_refresh", outcome: "failure", at: expect.any(Number), code },
    ]);
  });
});

describe("signing out", () => {
  test("ends the access tokens of the session that the access token names", async () => {
    const { ports, caller, revoked } = createCore();
    const { accessToken, refreshToken, ...user } = await caller();

    await signOut(ports, { refreshToken, accessToken });

    expect(await revoked()).toMatchObject([
      { kind: "session", sessionId: sessionOf({ ...user, accessToken }) },
    ]);
  });

  test("reads and ends no access token where none is shown, as a refresh token names no session", async () => {
    const { ports, caller, revoked } = createCore({}, withoutKeys);
    const { refreshToken } = await caller();

    await signOut(ports, { refreshToken });

    expect(await revoked()).toEqual([]);
  });

  test("reads no access token where there is no list to tell of it", async () => {
    const { ports, caller } = createCore({}, (all) => ({
      ...withoutKeys(all),
      revocations: undefined,
    }));
    const user = await caller();

    await signOut(ports, user);

    const refresh = ports.identity.refresh(user);
    await expect(refresh).rejects.toMatchObject({ code: "invalid_refresh_token" });
  });

  test("ends well where the access token is not good any more", async () => {
    const { ports, caller, events } = createCore();
    const { refreshToken } = await caller();

    await signOut(ports, { refreshToken, accessToken: "made-up" });

    expect(events).toMatchObject([{ type: "sign_out", outcome: "success" }]);
  });

  test("fails where the access token cannot be read now, once the refresh token is dead", async () => {
    const { ports, memory, caller } = createCore({}, withoutKeys);
    const user = await caller();

    const outcome = signOut(ports, user);

    await expect(outcome).rejects.toMatchObject({ code: "keys_unavailable" });
    const refresh = memory.identity.refresh(user);
    await expect(refresh).rejects.toMatchObject({ code: "invalid_refresh_token" });
  });

  test("everywhere ends all access tokens of the user, and is recorded as theirs", async () => {
    const { ports, caller, events, revoked } = createCore();
    const user = await caller();
    const { subject } = user.principal;

    await signOutEverywhere(ports, user);

    expect(await revoked()).toMatchObject([{ kind: "user", subject }]);
    expect(events).toMatchObject([{ type: "sign_out_everywhere", outcome: "success", subject }]);
    const refresh = ports.identity.refresh(user);
    await expect(refresh).rejects.toMatchObject({ code: "invalid_refresh_token" });
  });
});

describe("an access token", () => {
  test("that is refused is an event with the reason, and without the token", async () => {
    const { ports, events } = createCore();

    const outcome = authenticate(ports, "made-up");

    await expect(outcome).rejects.toMatchObject({ code: "invalid_token" });
    expect(events).toStrictEqual([
      {
        type: "token_rejection",
        outcome: "failure",
        at: expect.any(Number),
        code: "invalid_token",
        rejection: "malformed",
      },
    ]);
  });

  test("that is refused for one of several reasons is an event with that as well", async () => {
    const why = { rejection: "wrong_use", rejectionReason: "bound_to_no_key" } as const;
    const verify = () => Promise.reject(new IdentityError("invalid_token", why));
    const { ports, events } = createCore({}, () => ({ tokens: { verify } }));

    await expect(authenticate(ports, "made-up")).rejects.toMatchObject(why);

    expect(events).toMatchObject([{ type: "token_rejection", ...why }]);
  });

  test("that is refused for no reason of its own is an event without one", async () => {
    const { ports, events } = createCore({}, withoutKeys);
    const code = "keys_unavailable";

    await expect(authenticate(ports, "made-up")).rejects.toMatchObject({ code });

    const at = expect.any(Number);
    expect(events).toStrictEqual([{ type: "token_rejection", outcome: "failure", at, code }]);
  });

  test("that meets a fault of ours is no refused token", async () => {
    const error = new TypeError("a fault");
    const verify = () => Promise.reject(error);
    const { ports, events } = createCore({}, () => ({ tokens: { verify } }));

    await expect(authenticate(ports, "made-up")).rejects.toBe(error);

    expect(events).toEqual([]);
  });

  test("that is good is no event, and takes no waiting once it was verified", async () => {
    const { ports, caller, events } = createCore();
    const { accessToken, principal } = await caller();

    expect(await authenticate(ports, accessToken)).toEqual({ accessToken, principal });
    expect(authenticate(ports, accessToken)).toEqual({ accessToken, principal });
    expect(events).toEqual([]);
  });

  test("speaks for nobody to whoever introspects it, where anything is wrong with it", async () => {
    const { ports, caller } = createCore();
    const user = await caller();

    expect(await introspect(ports, user.accessToken)).toEqual(user.principal);
    await signOutEverywhere(ports, user);
    expect(await introspect(ports, user.accessToken)).toBeUndefined();
    expect(await introspect(ports, "made-up")).toBeUndefined();
  });

  test("speaks for nobody once its time is over", async () => {
    const { ports } = createCore({}, refusingWith("token_expired"));

    expect(await introspect(ports, "made-up")).toBeUndefined();
  });

  test("is not called bad where it cannot be told", async () => {
    const { ports } = createCore({}, withoutKeys);

    const outcome = introspect(ports, "made-up");

    await expect(outcome).rejects.toMatchObject({ code: "keys_unavailable" });
  });
});

describe("ending one session of several", () => {
  test("ends its access tokens, and is recorded as the caller's", async () => {
    const { ports, caller, signedIn, events, revoked } = createCore();
    const user = await caller();
    const sessionId = sessionOf(await signedIn()) ?? "";

    await endSession(ports, user, sessionId);

    expect(await revoked()).toMatchObject([{ kind: "session", sessionId }]);
    expect((await listSessions(ports, user, { limit: 60 })).items).toHaveLength(1);
    expect(events).toMatchObject([{ type: "session_end", subject: user.principal.subject }]);
  });

  test("ends no access token where the provider refuses to end the session", async () => {
    const { ports, caller, events, revoked } = createCore();
    const user = await caller();

    const outcome = endSession(ports, user, sessionOf(user) ?? "");

    await expect(outcome).rejects.toMatchObject({ code: "conflict" });
    expect(await revoked()).toEqual([]);
    expect(events).toMatchObject([{ type: "session_end", outcome: "failure", code: "conflict" }]);
  });
});

import { describe, expect, test } from "vitest";
import { IdentityError } from "../../../src/domain/errors.ts";
import {
  endingAccess,
  revokeSession,
  revokeUser,
} from "../../../src/domain/use-cases/revocations.ts";
import type { Ports } from "../../../src/ports/index.ts";
import { createCore } from "./support.ts";

const issuer = "https://memory.portico.invalid";
const now = 1_795_291_200;
const day = 24 * 60 * 60;
const clock = { now: () => now * 1000 + 999 };
const clockAhead = { now: () => clock.now() + 30_000 };

describe("a session that is revoked", () => {
  test("is refused for as long as any token lives, and a minute for clocks that are off", async () => {
    const { ports, revoked } = createCore({ clock });

    await revokeSession(ports, { issuer, sessionId: "session-1" });

    const until = now + day + 60;
    expect(await revoked()).toEqual([{ kind: "session", issuer, sessionId: "session-1", until }]);
  });

  test("is refused no longer than the list says that tokens live", async () => {
    const withLife = ({ revocations }: Ports): Partial<Ports> => ({
      revocations: revocations && { ...revocations, longestTokenSeconds: 300 },
    });
    const { ports, revoked } = createCore({ clock }, withLife);

    await revokeSession(ports, { issuer, sessionId: "session-1" });

    expect(await revoked()).toMatchObject([{ until: now + 360 }]);
  });

  test("is told to nobody where there is no list", async () => {
    const { ports } = createCore({}, () => ({ revocations: undefined }));

    await expect(revokeSession(ports, { issuer, sessionId: "session-1" })).resolves.toBeUndefined();
  });

  test("is nothing to tell where the token names none", async () => {
    const { ports, revoked } = createCore();

    await revokeSession(ports, { issuer });

    expect(await revoked()).toEqual([]);
  });
});

describe("a user who is revoked", () => {
  test("is so up to the present second of the clock that issues tokens, and not of ours", async () => {
    const { ports, revoked } = createCore({ clock });
    const identity = { ...ports.identity, clock: clockAhead };

    await revokeUser({ ...ports, identity }, { issuer, subject: "sub-1" });

    expect(await revoked()).toEqual([
      { kind: "user", issuer, subject: "sub-1", issuedUntil: now + 30, until: now + day + 60 },
    ]);
  });

  test("is so up to the token that was shown, where that is later than any clock here", async () => {
    const { ports, revoked } = createCore({ clock });

    await revokeUser(ports, { issuer, subject: "sub-1", issuedAt: now + 45 });

    expect(await revoked()).toMatchObject([{ issuedUntil: now + 45 }]);
  });

  test("is so for a while to come, where they are to get no more tokens", async () => {
    const { ports, revoked } = createCore({ clock });

    await revokeUser(ports, { issuer, subject: "sub-1" }, 60);

    expect(await revoked()).toMatchObject([{ issuedUntil: now + 60 }]);
  });
});

describe("ending all sessions of a caller", () => {
  test("ends the access tokens as well where the sessions have ended before, and says so", async () => {
    const { ports, caller, revoked } = createCore();
    const { principal } = await caller();
    const error = new IdentityError("token_revoked");

    const outcome = endingAccess(ports, principal, () => Promise.reject(error));

    await expect(outcome).rejects.toBe(error);
    expect(await revoked()).toMatchObject([{ kind: "user", subject: principal.subject }]);
  });

  test("ends no access token where the sessions go on", async () => {
    const { ports, caller, revoked } = createCore();
    const { principal } = await caller();
    const error = new IdentityError("provider_timeout");

    const outcome = endingAccess(ports, principal, () => Promise.reject(error));

    await expect(outcome).rejects.toBe(error);
    expect(await revoked()).toEqual([]);
  });

  test("is done without a list, where access tokens live until they expire", async () => {
    const { ports, caller } = createCore({}, () => ({ revocations: undefined }));
    const user = await caller();
    const end = () => ports.identity.signOutEverywhere(user);

    await endingAccess(ports, user.principal, end);

    const refresh = ports.identity.refresh(user);
    await expect(refresh).rejects.toMatchObject({ code: "invalid_refresh_token" });
  });
});

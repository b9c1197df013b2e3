import { describe, expect, test } from "vitest";
import { IdentityError } from "../../../src/domain/errors.ts";
import type { EndedSessions } from "../../../src/domain/session.ts";
import { endAccessWithPassword } from "../../../src/domain/use-cases/ended-sessions.ts";
import type { Ports } from "../../../src/ports/index.ts";
import { createCore } from "./support.ts";

const sessionIds = (count: number) =>
  Array.from({ length: count }, (_, index) => `session-${index}`);

/** A list that knows no issuer, or that knows another. */
const withIssuer = (issuer: (() => Promise<string>) | undefined) => {
  return ({ revocations }: Ports): Partial<Ports> => {
    if (!revocations) return {};
    return { revocations: { add: revocations.add, ...(issuer && { issuer }) } };
  };
};

describe("sessions that ended with a password", () => {
  test.each<[string, EndedSessions, readonly object[]]>([
    [
      "end their access tokens one by one, where the provider names them",
      { ended: "all", subject: "sub-1", sessionIds: sessionIds(2) },
      [
        { kind: "session", sessionId: "session-0" },
        { kind: "session", sessionId: "session-1" },
      ],
    ],
    [
      "end them one by one still, where they are a hundred",
      { ended: "all", subject: "sub-1", sessionIds: sessionIds(100) },
      sessionIds(100).map((sessionId) => ({ kind: "session", sessionId })),
    ],
    [
      "end those of the user, where there are too many to name",
      { ended: "all", subject: "sub-1", sessionIds: sessionIds(101) },
      [{ kind: "user", subject: "sub-1" }],
    ],
    [
      "end those of the user, where the provider says no more than whose they were",
      { ended: "all", subject: "sub-1" },
      [{ kind: "user", subject: "sub-1" }],
    ],
    [
      "end those of the other sessions alone, where the caller's goes on",
      { ended: "others", sessionIds: sessionIds(1) },
      [{ kind: "session", sessionId: "session-0" }],
    ],
    [
      "end those of the other sessions alone, however many they are",
      { ended: "others", sessionIds: sessionIds(101) },
      sessionIds(101).map((sessionId) => ({ kind: "session", sessionId })),
    ],
  ])("%s", async (_what, ended, expected) => {
    const { ports, revoked, events } = createCore();

    await endAccessWithPassword(ports, ended);

    expect(await revoked()).toMatchObject(expected);
    expect(events).toEqual([]);
  });

  test("end those of the caller, where nothing but the access token says whose they were", async () => {
    const { ports, caller, revoked } = createCore();
    const { principal } = await caller();

    await endAccessWithPassword(ports, { ended: "all" }, principal);

    expect(await revoked()).toMatchObject([{ kind: "user", subject: principal.subject }]);
  });

  test.each<[string, EndedSessions, string]>([
    ["could not be ended", { ended: "none", code: "provider_timeout" }, "provider_timeout"],
    ["are nobody's that is known", { ended: "all" }, "not_supported"],
  ])(
    "are an event and no error where they %s, as the password is new",
    async (_what, ended, code) => {
      const { ports, events, revoked } = createCore();

      await endAccessWithPassword(ports, ended);

      expect(events).toMatchObject([{ type: "sessions_not_ended", outcome: "failure", code }]);
      expect(await revoked()).toEqual([]);
    },
  );

  test("are an event of the caller's where the list cannot be told", async () => {
    const error = new IdentityError("provider_unavailable");
    const refuse = () => ({ revocations: { add: () => Promise.reject(error) } });
    const { ports, caller, events } = createCore({}, refuse);
    const { principal } = await caller();

    await endAccessWithPassword(ports, { ended: "all" }, principal);

    const { subject } = principal;
    expect(events).toMatchObject([{ type: "sessions_not_ended", subject, code: error.code }]);
  });

  test("are a fault of ours where the list fails as no list does", async () => {
    const error = new TypeError("no list");
    const refuse = () => ({ revocations: { add: () => Promise.reject(error) } });
    const { ports, caller, events } = createCore({}, refuse);
    const { principal } = await caller();

    const outcome = endAccessWithPassword(ports, { ended: "all" }, principal);

    await expect(outcome).rejects.toBe(error);
    expect(events).toEqual([]);
  });

  test("end no access token where there is no list", async () => {
    const { ports, events } = createCore({}, () => ({ revocations: undefined }));

    await endAccessWithPassword(ports, { ended: "all", subject: "sub-1" });

    expect(events).toEqual([]);
  });

  test("end access tokens of the issuer that can be asked for", async () => {
    const { ports, revoked } = createCore(
      {},
      withIssuer(async () => "https://issuer.example"),
    );

    await endAccessWithPassword(ports, { ended: "all", subject: "sub-1" });

    expect(await revoked()).toMatchObject([{ issuer: "https://issuer.example" }]);
  });

  test("end no access token where nobody knows who issued them", async () => {
    const { ports, revoked, events } = createCore({}, withIssuer(undefined));

    await endAccessWithPassword(ports, { ended: "all", subject: "sub-1" });

    expect(await revoked()).toEqual([]);
    expect(events).toEqual([]);
  });
});

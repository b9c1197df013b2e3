import { describe, expect, it } from "vitest";
import { createRevocationCopy } from "../../../../src/adapters/jwt/revocations/revocation-copy.ts";
import {
  readRevocation,
  revocationText,
} from "../../../../src/adapters/jwt/revocations/revocation-text.ts";
import type {
  IdTokenPrincipal,
  MachinePrincipal,
  UserPrincipal,
} from "../../../../src/domain/principal.ts";
import type { Revocation } from "../../../../src/domain/revocation.ts";
import { issuer, nowSeconds } from "../token-signer.ts";

const verified = {
  subject: "subject-1",
  issuer,
  clientId: "client-1",
  scopes: [],
  issuedAt: nowSeconds,
  expiresAt: nowSeconds + 3600,
};
const ada: UserPrincipal = {
  ...verified,
  kind: "user",
  username: "ada",
  groups: [],
  sessionId: "session-1",
};
const { sessionId: _sessionId, ...adaWithoutSession } = ada;
const machine: MachinePrincipal = { ...verified, kind: "machine" };
const idToken: IdTokenPrincipal = {
  ...verified,
  kind: "id_token",
  username: "ada",
  sessionId: "session-1",
};

const until = nowSeconds + 100;
const session = { kind: "session", issuer, sessionId: "session-1", until } as const;
const user = {
  kind: "user",
  issuer,
  subject: "subject-1",
  issuedUntil: nowSeconds,
  until,
} as const;

function copyOf(maxEntries: number, ...revocations: readonly Revocation[]) {
  const copy = createRevocationCopy(maxEntries);
  for (const revocation of revocations) copy.add(revocation);
  return copy;
}

describe("a copy of revocations", () => {
  it("has nothing at first, and lacks nothing", () => {
    const copy = copyOf(10);

    expect([copy.has(ada), copy.has(machine), copy.isLackingUntil()]).toEqual([false, false, 0]);
  });

  it("knows the tokens of a session, and none that have no session", () => {
    const copy = copyOf(10, session);
    const nameless = copyOf(10, { ...session, sessionId: "undefined" });

    expect([copy.has(ada), copy.has(idToken)]).toEqual([true, true]);
    expect(copy.has({ ...ada, issuedAt: until + 1 })).toBe(true);
    expect([copy.has(adaWithoutSession), copy.has(machine)]).toEqual([false, false]);
    expect([nameless.has(adaWithoutSession), nameless.has(machine)]).toEqual([false, false]);
  });

  it("knows the tokens of a subject, a program's as well", () => {
    const copy = copyOf(10, user);

    expect([ada, adaWithoutSession, machine, idToken].map(copy.has)).toEqual([
      true,
      true,
      true,
      true,
    ]);
    expect(copy.has({ ...ada, issuedAt: nowSeconds + 1 })).toBe(false);
  });

  it("tells sessions from subjects of the same name, and knows both at once", () => {
    const copy = copyOf(10, { ...user, subject: "other" }, session);

    expect(copy.has(ada)).toBe(true);
    expect(copy.has({ ...ada, sessionId: "subject-1" })).toBe(false);
    expect(copyOf(10, { ...session, sessionId: "subject-1" }).has(ada)).toBe(false);
  });

  it("tells an issuer from another whose name it begins with", () => {
    const copy = copyOf(10, { ...session, issuer: `${issuer}a`, sessionId: "b" });

    expect(copy.has({ ...ada, sessionId: "ab" })).toBe(false);
  });

  it("keeps the later times of two revocations", () => {
    const earlier = { ...user, issuedUntil: nowSeconds - 1, until: until - 50 };

    for (const order of [
      [user, earlier],
      [earlier, user],
    ]) {
      const copy = copyOf(10, ...order);
      copy.prune(until - 1);
      expect(copy.has(ada)).toBe(true);
    }
  });

  it("forgets what is over, on the second, and nothing else", () => {
    const copy = copyOf(10, session, { ...user, until: until + 1 });

    copy.prune(until - 1);
    const before = copy.has({ ...ada, subject: "other" });
    copy.prune(until);

    expect([before, copy.has({ ...ada, subject: "other" }), copy.has(ada)]).toEqual([
      ...[true, false],
      true,
    ]);
  });

  it("loses the one that has been here longest where there is no more room, and says so", () => {
    const copy = copyOf(2, session, { ...session, sessionId: "session-2", until: until + 50 });
    expect(copy.isLackingUntil()).toBe(0);

    copy.add({ ...session, sessionId: "session-3" });

    const known = [1, 2, 3].map((n) => copy.has({ ...ada, sessionId: `session-${n}` }));
    expect(known).toEqual([false, true, true]);
    expect(copy.isLackingUntil()).toBe(until);
    copy.add({ ...session, sessionId: "session-4" });
    copy.add({ ...session, sessionId: "session-5" });
    expect(copy.isLackingUntil()).toBe(until + 50);
  });

  it("loses of the issuer that is added to, or of another where that has nothing else", () => {
    const other = { ...session, issuer: "https://other.example" };
    const second = { ...session, sessionId: "session-2" };

    const full = copyOf(2, session, other, second);
    const foreign = copyOf(1, session, other);

    expect([full.has(ada), full.has({ ...ada, issuer: other.issuer })]).toEqual([false, true]);
    expect(full.has({ ...ada, sessionId: "session-2" })).toBe(true);
    expect([foreign.has(ada), foreign.has({ ...ada, issuer: other.issuer })]).toEqual([
      false,
      true,
    ]);
    expect([full.size(), foreign.size()]).toEqual([2, 1]);
  });

  it("has room again for what takes the place of what is over", () => {
    const copy = copyOf(2, session, { ...session, issuer: "https://other.example" });

    copy.prune(until);
    copy.add({ ...session, until: until + 50 });
    copy.add({ ...session, sessionId: "session-2", until: until + 50 });

    expect([copy.size(), copy.isLackingUntil()]).toEqual([2, 0]);
  });

  it("tells what was kept and not added since, as it is or longer", () => {
    const shorter = { ...user, issuedUntil: nowSeconds - 50, until: until - 50 };
    const copy = copyOf(10, session, user);
    const count = copy.count();

    copy.add(shorter);
    expect([...copy.keptUpTo(count)]).toEqual([session, user]);
    copy.add(user);
    copy.add({ ...session, until: until + 1 });

    expect([...copy.keptUpTo(count)]).toEqual([]);
    expect([...copy.keptUpTo(copy.count())]).toHaveLength(2);
  });

  it("has room for as many users as sessions", () => {
    const copy = copyOf(1, session, { ...user, subject: "other" });

    expect(copy.isLackingUntil()).toBe(0);
    expect([copy.has(ada), copy.has({ ...machine, subject: "other" })]).toEqual([true, true]);
  });

  it("loses nothing by hearing of one twice", () => {
    expect(copyOf(1, session, session).isLackingUntil()).toBe(0);
  });
});

describe("a revocation as text", () => {
  it.each<[string, Revocation]>([
    ["session", session],
    ["user", user],
  ])("is read as it was written: of a %s", (_kind, revocation) => {
    const more = { ...revocation, note: "more" };

    const text = revocationText(more);

    expect(JSON.parse(text)).toEqual(revocation);
    expect(readRevocation(text)).toEqual(revocation);
  });

  it("is read without what does not belong", () => {
    const text = JSON.stringify({ ...session, subject: "subject-1", issuedUntil: 1, note: 1 });

    expect(readRevocation(text)).toEqual(session);
  });

  it.each<[string, unknown]>([
    ["nothing", undefined],
    ["an object", session],
    ["a list of texts", [revocationText(session)]],
    ["no JSON", "{"],
    ["null", "null"],
    ["a list", "[]"],
    ["another kind", JSON.stringify({ ...session, ...user, kind: "device" })],
    ["a session as a user", JSON.stringify({ ...session, kind: "user" })],
    ["a user as a session", JSON.stringify({ ...user, kind: "session" })],
    ["no issuer", JSON.stringify({ ...session, issuer: undefined })],
    ["an issuer that is no text", JSON.stringify({ ...session, issuer: 1 })],
    ["no end", JSON.stringify({ ...session, until: undefined })],
    ["an end that is no number", JSON.stringify({ ...user, until: "1" })],
    ["a session that is no text", JSON.stringify({ ...session, sessionId: 1 })],
    ["a subject that is no text", JSON.stringify({ ...user, subject: 1 })],
    ["a time that is no number", JSON.stringify({ ...user, issuedUntil: "1" })],
  ])("is none of %s", (_what, text) => {
    expect(readRevocation(text)).toBeUndefined();
  });
});

import type { Revocation, SessionRevocation, UserRevocation } from "../../domain/revocation.ts";
import type { RevocationList, RevocationPage } from "../../ports/index.ts";
import { type CreatedCase, createdCase } from "../created-case.ts";
import { expectEqual, expectThat } from "../expectations.ts";
import type { RevocationListHarness, RevocationListUnderTest } from "./revocation-list-harness.ts";

/** One promise of the `RevocationList` port and how to try it. */
export type RevocationListCase = CreatedCase<RevocationListHarness>;

/** Makes a case on a list of its own. */
export const listCase = createdCase<RevocationListUnderTest, RevocationListHarness>;

const issuer = "https://issuer.example/pool";

/** Makes a revocation of a session that is over in an hour. */
export function ofSession(
  { nowSeconds }: RevocationListUnderTest,
  change: Partial<SessionRevocation> = {},
): SessionRevocation {
  return {
    kind: "session",
    issuer,
    sessionId: crypto.randomUUID(),
    until: nowSeconds() + 3600,
    ...change,
  };
}

/** Makes a revocation of all that a user has now, which is over in an hour. */
export function ofUser(
  { nowSeconds }: RevocationListUnderTest,
  change: Partial<UserRevocation> = {},
): UserRevocation {
  const now = nowSeconds();
  return {
    kind: "user",
    issuer,
    subject: crypto.randomUUID(),
    issuedUntil: now,
    until: now + 3600,
    ...change,
  };
}

/** Expects that reading a list gives revocations and nothing else, in whatever order and however often. */
export async function expectRevocations(
  list: RevocationList,
  expected: readonly Revocation[],
  cursor?: string,
): Promise<string> {
  const parts = await readParts(list, cursor);
  const revocations = parts.flatMap((part) => part.revocations);
  expectEqual("the revocations", texts(revocations), texts(expected));
  return parts.at(-1)?.cursor ?? "";
}

/** Far more parts than any case has revocations. */
const mostParts = 5000;

/** Reads a list to its end. */
export async function readParts(
  list: RevocationList,
  cursor?: string,
): Promise<readonly RevocationPage[]> {
  const parts: RevocationPage[] = [];
  let part: RevocationPage | undefined;
  do {
    part = await list.read(part?.cursor ?? cursor);
    parts.push(part);
    expectThat("the parts come to an end", parts.length < mostParts);
  } while (part.hasMore);
  return parts;
}

/** Adds revocations, a hundred at once. */
export async function addAll(list: RevocationList, added: readonly Revocation[]): Promise<void> {
  for (let from = 0; from < added.length; from += 100)
    await Promise.all(added.slice(from, from + 100).map((revocation) => list.add(revocation)));
}

/** Revocations as texts that can be told apart, each once. */
export function texts(revocations: readonly Revocation[]): readonly string[] {
  return [...new Set(revocations.map(textOf))].sort();
}

function textOf(revocation: Revocation): string {
  return JSON.stringify(
    Object.entries(revocation).sort(([one], [other]) => (one < other ? -1 : 1)),
  );
}

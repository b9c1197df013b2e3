import type { Revocation } from "../../domain/revocation.ts";
import type { RevocationList, TokenOwner } from "../../ports/index.ts";
import { expectEqual, expectPresent, expectThat } from "../expectations.ts";
import { addAll, listCase, ofSession, ofUser, texts } from "./list-case.ts";

/**
 * The promises of lists that have `find`, beside those of `revocationListContract`. A copy that has no room for all of
 * such a list asks it about each token, where it has to count any other as unavailable.
 */
export const searchableRevocationListContract = [
  listCase(
    "finding: gives what is on the list of a session and of a user, and nothing else",
    async (list) => {
      const [session, user] = [ofSession(list), ofUser(list)];
      await addAll(list.open(), [session, user, ofSession(list), ofUser(list)]);
      const { issuer, subject } = user;
      const { sessionId } = session;

      await expectFound(list.open(), { issuer, subject, sessionId }, [session, user]);
      await expectFound(list.open(), { issuer, subject }, [user]);
      await expectFound(list.open(), { issuer, subject: "nobody", sessionId }, [session]);
      await expectFound(list.open(), { issuer, subject: sessionId, sessionId: subject }, []);
    },
  ),

  listCase("finding: keeps names apart that begin alike, and takes any", async (list) => {
    const names = ["a", "ab", 'a"', 'a:b|c\n"\\\u0000 é \u{1f600} %2F*?[x]', "\ud800", ""];
    const issuers = ["https://one.example", "https://one.example/a"];
    const revocations = issuers.flatMap((issuer) =>
      names.map((sessionId) => ofSession(list, { issuer, sessionId })),
    );
    await addAll(list.open(), revocations);

    for (const revocation of revocations) {
      const { issuer, sessionId } = revocation;
      await expectFound(list.open(), { issuer, subject: sessionId, sessionId }, [revocation]);
    }
  }),

  listCase("finding: gives the longest of what was added again", async (list) => {
    const user = ofUser(list);
    const [issuedUntil, until] = [user.issuedUntil - 60, list.nowSeconds() + 60];
    for (const added of [user, { ...user, issuedUntil, until }]) await list.open().add(added);

    const found = await findIn(list.open(), user);

    expectThat(
      "it is as long as it was",
      found.some(({ until }) => until >= user.until),
    );
  }),

  listCase("finding: gives nothing that is over, and everything else", async (list) => {
    const until = list.nowSeconds() + 2;
    const [passing, lasting] = [ofSession(list, { until }), ofUser(list)];
    await addAll(list.open(), [passing, lasting]);
    const { issuer, subject } = lasting;

    await list.pass(3);

    await expectFound(list.open(), { issuer, subject, sessionId: passing.sessionId }, [lasting]);
  }),
] as const;

async function expectFound(
  list: RevocationList,
  of: TokenOwner,
  expected: readonly Revocation[],
): Promise<void> {
  const found = await findIn(list, of);
  expectEqual("what is found", texts(found), texts(expected));
}

async function findIn(list: RevocationList, of: TokenOwner): Promise<readonly Revocation[]> {
  return expectPresent("a list that has find", list.find?.bind(list))(of);
}

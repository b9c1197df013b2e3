import { isIdentityError } from "../../../domain/errors.ts";
import type { SessionSummary } from "../../../domain/session.ts";
import {
  expectBlame,
  expectCode,
  expectEqual,
  expectPresent,
  expectThat,
} from "../../expectations.ts";
import { contractCaseWith } from "../contract-case.ts";
import type { IdentityProviderHarness } from "../harness.ts";
import { type SignedInUser, signedInUser, signIn } from "../steps/account-steps.ts";
import { allSessions, idsOf } from "../steps/session-pages.ts";

const listed = { needs: ["session_list"] } as const;

/** The cases of `Sessions.listSessions` for whoever has more sessions than a page holds. */
export const sessionPageCases = [
  contractCaseWith(
    listed,
    "session pages: give every session once, the current one too",
    async (harness) => {
      const { accessToken } = await userWithSessions(harness, 5);

      const paged = await allSessions(harness, accessToken, { limit: 2 });

      const ids = idsOf(paged);
      expectEqual("the number of sessions", ids.length, 5);
      expectEqual("the number of different ones", new Set(ids).size, 5);
      const current = paged.filter(({ isCurrent }) => isCurrent);
      expectEqual("the number of current ones", current.length, 1);
      const again = idsOf(await allSessions(harness, accessToken, { limit: 2 }));
      expectEqual("the order when listed again", again, ids);
    },
  ),

  contractCaseWith(
    listed,
    "session pages: give no more sessions than were asked for",
    async (harness) => {
      const { accessToken } = await userWithSessions(harness, 3);

      const { items } = await harness.identity.listSessions({ accessToken, limit: 2 });

      expectThat("there are two at most", items.length <= 2);
    },
  ),

  contractCaseWith(
    listed,
    "session pages: lose no session where others end in between",
    async (harness) => {
      const { accessToken } = await userWithSessions(harness, 6);
      const all = await allSessions(harness, accessToken);
      const first = await harness.identity.listSessions({ accessToken, limit: 3 });
      const cursor = expectPresent("a cursor after the first three of six", first.cursor);
      const given = idsOf(first.items);
      const others = idsOf(all.filter(({ isCurrent }) => !isCurrent));
      const ended = [
        others.findLast((id) => given.includes(id)),
        others.find((id) => !given.includes(id)),
      ].filter((id) => id !== undefined);

      for (const sessionId of ended) await harness.identity.endSession({ accessToken, sessionId });
      const rest = await allSessions(harness, accessToken, { limit: 3, after: cursor });

      const left = idsOf(all).filter((id) => !given.includes(id) && !ended.includes(id));
      expectEqual("what comes after the first page", idsOf(rest).toSorted(), left.toSorted());
    },
  ),

  contractCaseWith(
    listed,
    "session pages: tell nothing of another user by a cursor of theirs",
    async (harness) => {
      const stranger = await userWithSessions(harness, 3);
      const { accessToken } = await userWithSessions(harness, 3);
      const foreign = idsOf(await allSessions(harness, stranger.accessToken));
      const page = await harness.identity.listSessions({ ...stranger, limit: 1 });
      const cursor = expectPresent("a cursor after the first of three", page.cursor);

      const shown = await unlessRefused(allSessions(harness, accessToken, { after: cursor }));

      const isForeign = idsOf(shown).some((id) => foreign.includes(id));
      expectThat("no session of the other user is listed", !isForeign);
    },
  ),

  contractCaseWith(
    listed,
    "session pages: refuse a cursor that was never given",
    async (harness) => {
      const { accessToken } = await signedInUser(harness);

      const invented = harness.identity.listSessions({ accessToken, limit: 2, cursor: "invented" });

      expectBlame(await expectCode(invented, "validation_failed"), "cursor");
    },
  ),
];

/** Gives the sessions that were listed: none, where the cursor was refused. */
async function unlessRefused(
  call: Promise<readonly SessionSummary[]>,
): Promise<readonly SessionSummary[]> {
  try {
    return await call;
  } catch (error) {
    if (isIdentityError(error, "validation_failed")) return [];
    throw error;
  }
}

/** Gives a user with a number of sessions, of which the tokens are those of the first. */
async function userWithSessions(
  harness: IdentityProviderHarness,
  count: number,
): Promise<SignedInUser> {
  const user = await signedInUser(harness);
  for (let others = 1; others < count; others += 1) await signIn(harness, user);
  return user;
}

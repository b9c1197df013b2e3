import type { Revocation } from "../../domain/revocation.ts";
import { expectCode, expectThat } from "../expectations.ts";
import {
  addAll,
  expectRevocations,
  listCase,
  ofSession,
  ofUser,
  readParts,
  texts,
} from "./list-case.ts";
import { partCases } from "./parts.ts";

/**
 * The promises of the `RevocationList` port that hold for every list, each as a case.
 *
 * @example
 * for (const { name, run } of revocationListContract) test(name, () => run(harness));
 */
export const revocationListContract = [
  listCase("reading: gives nothing where nothing was added", async (list) => {
    const cursor = await expectRevocations(list.open(), []);

    await expectRevocations(list.open(), [], cursor);
  }),

  listCase("adding: gives what was added to whoever reads after, as it was", async (list) => {
    const revocations = [ofSession(list), ofUser(list)];
    for (const revocation of revocations) await list.open().add(revocation);

    await expectRevocations(list.open(), revocations);
    await expectRevocations(list.open(), revocations);
  }),

  listCase("adding: keeps issuers, users and sessions of the same name apart", async (list) => {
    const odd = 'a:b|c\n"\\\u0000 é \u{1f600} %2F*?[x]';
    const revocations = ["https://one.example", "https://two.example/a"].flatMap((issuer) => [
      ofSession(list, { issuer, sessionId: odd }),
      ofUser(list, { issuer, subject: odd }),
    ]);
    for (const revocation of revocations) await list.open().add(revocation);

    await expectRevocations(list.open(), revocations);
  }),

  listCase("adding: takes the same revocation again", async (list) => {
    const revocation = ofSession(list);
    for (let round = 0; round < 3; round += 1) await list.open().add(revocation);

    await expectRevocations(list.open(), [revocation]);
  }),

  listCase("adding: takes nothing back of what was added before", async (list) => {
    const now = list.nowSeconds();
    const user = ofUser(list);
    const session = ofSession(list);
    for (const added of [user, { ...user, issuedUntil: now - 60, until: now + 60 }])
      await list.open().add(added);
    for (const added of [session, { ...session, until: now + 60 }]) await list.open().add(added);

    const parts = await readParts(list.open());
    const revocations = parts.flatMap((part) => part.revocations);

    const reaches = (kind: Revocation["kind"], until: number, issuedUntil: number) =>
      revocations.some(
        (found) =>
          found.kind === kind &&
          found.until >= until &&
          (found.kind === "session" || found.issuedUntil >= issuedUntil),
      );
    expectThat("the session's is as long as it was", reaches("session", session.until, 0));
    expectThat("the user's is as long as it was", reaches("user", user.until, user.issuedUntil));
  }),

  listCase("cursors: give what was added since", async (list) => {
    const [reader, writer] = [list.open(), list.open()];
    await writer.add(ofSession(list));
    const first = await reader.read();
    const added = [ofUser(list), ofSession(list)];
    for (const revocation of added) await writer.add(revocation);

    const second = await reader.read(first.cursor);

    const found = texts(second.revocations);
    for (const text of texts(added)) expectThat("what is new is given", found.includes(text));
  }),

  listCase("cursors: miss nothing of what is added while they are read", async (list) => {
    const reader = list.open();
    const added = Array.from({ length: 60 }, () => ofSession(list));
    const writing = Promise.all(added.map((revocation) => list.open().add(revocation)));
    const found = new Set<string>();
    let cursor: string | undefined;
    const read = async () => {
      const page = await reader.read(cursor);
      for (const text of texts(page.revocations)) found.add(text);
      cursor = page.cursor;
    };

    for (let round = 0; round < 5; round += 1) await read();
    await writing;
    await read();

    expectThat(
      "each was given",
      texts(added).every((text) => found.has(text)),
    );
  }),

  listCase("cursors: of another list, or of none, give everything", async (list, harness) => {
    const other = await harness.create();
    try {
      const revocation = ofSession(list);
      await list.open().add(revocation);
      for (let count = 0; count < 3; count += 1) await other.open().add(ofSession(other));
      const { cursor } = await other.open().read();

      for (const foreign of [cursor, "", "0", "99999999999999", "no cursor", "\ud800", "x:y:z"])
        await expectRevocations(list.open(), [revocation], foreign);
    } finally {
      await other.close();
    }
  }),

  listCase("reading: gives all of many", async (list) => {
    const added = Array.from({ length: 1100 }, () => ofSession(list));
    await addAll(list.open(), added);

    await expectRevocations(list.open(), added);
  }),

  ...partCases,

  listCase("ends: gives nothing that is over, and everything else", async (list) => {
    const now = list.nowSeconds();
    const lasting = [ofSession(list), ofUser(list)];
    const passing = [ofSession(list, { until: now + 2 }), ofUser(list, { until: now + 2 })];
    for (const revocation of [passing[0], lasting[0], passing[1], lasting[1]])
      if (revocation) await list.open().add(revocation);

    await list.pass(3);

    const cursor = await expectRevocations(list.open(), lasting);
    await list.open().add(ofSession(list, { until: list.nowSeconds() - 1 }));
    const { revocations } = await list.open().read(cursor);
    expectThat(
      "nothing that is over is given",
      revocations.every(({ until }) => until > list.nowSeconds()),
    );
  }),
] as const;

/**
 * The promises that hold for a list outside of the process, beside those of {@link revocationListContract}: all of them
 * go for every adapter but one that keeps its list to itself.
 */
export const sharedRevocationListContract = [
  listCase("outage: says that the list cannot be had, whatever is asked of it", async (list) => {
    const opened = list.open();
    await opened.add(ofSession(list));

    await list.takeDown();

    await expectCode(opened.add(ofSession(list)), "provider_unavailable");
    await expectCode(opened.read(), "provider_unavailable");
    await expectCode(list.open().read(), "provider_unavailable");
    const owner = { issuer: "https://issuer.example", subject: "subject" };
    if (opened.find) await expectCode(opened.find(owner), "provider_unavailable");
  }),
] as const;

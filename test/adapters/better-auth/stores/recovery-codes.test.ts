import { DatabaseSync } from "node:sqlite";
import { describe, expect, test } from "vitest";
import { createRecoveryCodes } from "../../../../src/adapters/better-auth/stores/recovery-codes.ts";
import { startGuards } from "../guards-support.ts";
import {
  ada,
  challengeOf,
  secret as old,
  outcomeOf,
  type Provider,
  signIn,
  startWithAda,
  tokensOf,
} from "../support.ts";
import { enrolTotp } from "../totp-app.ts";

async function startWithCodes() {
  const world = await startWithAda();
  const tokens = await signIn(world.provider);
  await enrolTotp(world.provider, tokens, world.clock);
  const codes = await world.provider.identity.createRecoveryCodes(tokens);
  return { ...world, tokens, codes };
}

async function show({ identity }: Pick<Provider, "identity">, code = "") {
  const { session } = challengeOf(await identity.signIn(ada));
  return identity.answerChallenge({ session, answer: { type: "recovery_code", code } });
}

describe("recovery codes in the database", () => {
  test("are spent one by one where many are shown at once, and none is lost or used twice", async () => {
    const { rows, newUser } = await startGuards();
    const subject = await newUser("ada");
    const stores = [createRecoveryCodes({ rows }), createRecoveryCodes({ rows })];
    const codes = (await stores[0]?.replace(subject)) ?? [];
    const shown = [...codes, ...codes];

    const outcomes = await Promise.all(
      shown.flatMap((code) => stores.map((store) => outcomeOf(store.use(subject, code)))),
    );

    expect(outcomes.filter((outcome) => outcome === "done")).toHaveLength(codes.length);
    expect(outcomes.filter((outcome) => outcome === "code_mismatch")).toHaveLength(30);
    expect(await stores[0]?.countLeft(subject)).toBe(0);
  });

  test("are kept by their digests alone, in the row of their user", async () => {
    const { path, codes } = await startWithCodes();

    const database = new DatabaseSync(path, { readOnly: true });
    const tables = database.prepare("select name from sqlite_master where type = 'table'").all();
    const rows = tables.flatMap(({ name }) => database.prepare(`select * from "${name}"`).all());
    const kept = database.prepare('select "porticoRecoveryCodes" as digests from "user"').all();
    database.close();

    for (const code of codes) {
      expect(JSON.stringify(rows)).not.toContain(code);
      expect(JSON.stringify(rows)).not.toContain(code.replaceAll("-", ""));
    }
    expect(String(kept[0]?.digests).split(" ")).toHaveLength(10);
  });

  test("are good under another secret, once the one that they were made under is gone", async () => {
    const { provider, start, codes } = await startWithCodes();
    const fresh = "another secret of thirty-two characters";
    await provider.close();
    const both = start({ secret: [fresh, old] });
    await both.keys.current();
    await both.close();

    const after = start({ secret: fresh });

    expect(tokensOf(await show(after, codes[0]))).toBeDefined();
  });

  test("go with their user", async () => {
    const { provider, tokens, path } = await startWithCodes();

    await provider.identity.deleteAccount(tokens);

    const database = new DatabaseSync(path, { readOnly: true });
    const kept = database.prepare('select "porticoRecoveryCodes" from "user"').all();
    database.close();
    expect(kept).toEqual([]);
  });
});

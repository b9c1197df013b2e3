import type { WorkState } from "../../ports/index.ts";
import type { RevocationListObjectState } from "./revocation-list-object.ts";

/** A call about work that an object keeps. */
export type WorkCall = { readonly key: string; readonly claim: string } & (
  | { readonly action: "claim"; readonly generation: number; readonly seconds: number }
  | {
      readonly action: "settle";
      readonly text: string;
      readonly generation: number;
      readonly seconds: number;
    }
  | { readonly action: "release" }
);

type Sql = RevocationListObjectState["storage"]["sql"];

/** Makes the table, where there is none. */
export function createWorkTable(sql: Sql): void {
  sql.exec(
    "CREATE TABLE IF NOT EXISTS work (id TEXT PRIMARY KEY, claim TEXT, generation INTEGER, outcome TEXT, until INTEGER) WITHOUT ROWID",
  );
}

/** Answers a call: each is done before the next is begun, as an object waits for nothing in between. */
export function callWork(sql: Sql, call: WorkCall, now: number): WorkState | boolean {
  const { key, claim } = call;
  const query = "SELECT claim, generation, outcome FROM work WHERE id = ? AND until > ?";
  const [there] = sql.exec(query, key, now).toArray();
  if (call.action === "claim") return claimWork(sql, call, there, now);
  if (there?.claim !== claim) return false;
  if (call.action === "release") {
    sql.exec("DELETE FROM work WHERE id = ?", key);
  } else {
    const { generation, text, seconds } = call;
    put(sql, { key, claim: "", generation, outcome: text, until: now + seconds * 1000 });
  }
  return true;
}

function claimWork(
  sql: Sql,
  { key, claim, generation, seconds }: WorkCall & { readonly action: "claim" },
  there: Readonly<Record<string, unknown>> | undefined,
  now: number,
): WorkState {
  if (there && there.claim !== "") return { state: "under_way" };
  const before = there && String(there.outcome);
  if (before !== undefined && Number(there?.generation) >= generation) {
    return { state: "done", outcome: before };
  }
  put(sql, { key, claim, generation, outcome: "", until: now + seconds * 1000 });
  return { state: "claimed", key, claim, ...(before !== undefined && { before }) };
}

function put(
  sql: Sql,
  row: {
    readonly key: string;
    readonly claim: string;
    readonly generation: number;
    readonly outcome: string;
    readonly until: number;
  },
): void {
  const query =
    "INSERT OR REPLACE INTO work (id, claim, generation, outcome, until) VALUES (?, ?, ?, ?, ?)";
  sql.exec(query, row.key, row.claim, row.generation, row.outcome, Math.ceil(row.until));
}

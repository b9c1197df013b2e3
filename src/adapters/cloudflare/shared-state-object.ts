import { type Bucket, bucketId, giveBackTo, statusOf, takeFrom } from "../shared/gcra.ts";
import { RevocationListObject, type RevocationListObjectState } from "./revocation-list-object.ts";
import { callWork, createWorkTable, type WorkCall } from "./shared-work-table.ts";

/** A call about limits that an object keeps, for each of them: to count one, give one back, forget all, or only look. */
export interface LimitCall {
  readonly action: "take" | "give_back" | "reset" | "read";
  readonly limits: readonly Bucket["limit"][];
}

/** The time between two looks for what can be forgotten, in milliseconds. */
const sweepMs = 60_000;

/**
 * The Durable Object class behind all that instances share with `SHARED_STATE=durable-object`: a Worker exports it under
 * this name, and its configuration lists it among `new_sqlite_classes`. Each object keeps what its name says: a part of the
 * limits, of the ids that were used once or of the work that is shared, or the revocations. Only the account's own Workers reach it.
 *
 * @see https://developers.cloudflare.com/durable-objects/api/sqlite-storage-api/
 */
export class SharedStateObject {
  readonly #storage: RevocationListObjectState["storage"];
  readonly #revocations: RevocationListObject;

  constructor(state: RevocationListObjectState) {
    this.#storage = state.storage;
    this.#revocations = new RevocationListObject(state);
    for (const table of ["limits", "replays"])
      this.#storage.sql.exec(
        `CREATE TABLE IF NOT EXISTS ${table} (id TEXT PRIMARY KEY, until INTEGER) WITHOUT ROWID`,
      );
    createWorkTable(this.#storage.sql);
  }

  /** `POST /limits` counts, `POST /replays` remembers an id, `POST /work` shares work; all else is asked of the list of revocations. */
  async fetch(request: Request): Promise<Response> {
    const { pathname } = new URL(request.url);
    if (request.method === "POST" && pathname === "/limits")
      return this.#callLimits(await request.json());
    if (request.method === "POST" && pathname === "/replays")
      return this.#addReplay(await request.json());
    if (request.method === "POST" && pathname === "/work")
      return this.#callWork(await request.json());
    return this.#revocations.fetch(request);
  }

  /** Forgets what is over. */
  async alarm(): Promise<void> {
    await this.#revocations.alarm();
    const { sql } = this.#storage;
    let isEmpty = true;
    for (const table of ["limits", "replays", "work"]) {
      sql.exec(`DELETE FROM ${table} WHERE until <= ?`, Date.now());
      isEmpty &&= sql.exec(`SELECT 1 FROM ${table} LIMIT 1`).toArray().length === 0;
    }
    if (!isEmpty) await this.#comeAgain();
  }

  async #callLimits({ action, limits }: LimitCall): Promise<Response> {
    const now = Date.now();
    const buckets = limits.map((limit) => ({
      limit,
      emptyAt: this.#until("limits", bucketId(limit)),
    }));
    const decision = decide(action, buckets, now);
    if (action !== "read") {
      limits.forEach((limit, index) => {
        this.#remember("limits", bucketId(limit), decision.emptyAt[index] ?? now);
      });
      await this.#comeAgain();
    }
    const { isAllowed, statuses } = decision;
    return Response.json({ isAllowed, statuses });
  }

  async #addReplay({ id, until }: { readonly id: string; readonly until: number }) {
    const known = this.#until("replays", id) ?? 0;
    const now = Date.now();
    if (known > now) return Response.json({ isNew: false });
    // Kept for a moment though it be over: two who show it at once are told apart.
    this.#remember("replays", id, Math.max(until, now + 1000));
    await this.#comeAgain();
    return Response.json({ isNew: true });
  }

  async #callWork(call: WorkCall): Promise<Response> {
    const answer = callWork(this.#storage.sql, call, Date.now());
    await this.#comeAgain();
    return Response.json(answer);
  }

  #until(table: "limits" | "replays", id: string): number | undefined {
    const [row] = this.#storage.sql.exec(`SELECT until FROM ${table} WHERE id = ?`, id).toArray();
    return typeof row?.until === "number" ? row.until : undefined;
  }

  #remember(table: "limits" | "replays", id: string, until: number): void {
    const query = `INSERT OR REPLACE INTO ${table} (id, until) VALUES (?, ?)`;
    this.#storage.sql.exec(query, id, Math.ceil(until));
  }

  async #comeAgain(): Promise<void> {
    const due = await this.#storage.getAlarm();
    if (due === null) await this.#storage.setAlarm(Date.now() + sweepMs);
  }
}

function decide(
  action: LimitCall["action"],
  buckets: readonly Bucket[],
  now: number,
): ReturnType<typeof takeFrom> {
  if (action === "take") return takeFrom(buckets, now);
  const after = buckets.map((bucket) => {
    if (action === "reset") return now;
    return action === "read" ? (bucket.emptyAt ?? now) : giveBackTo(bucket, now);
  });
  const statuses = buckets.map(({ limit }, index) =>
    statusOf({ limit, emptyAt: after[index] }, now),
  );
  return { isAllowed: true, statuses, emptyAt: after };
}

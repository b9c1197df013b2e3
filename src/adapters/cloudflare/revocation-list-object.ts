import { readRevocation } from "../jwt/revocations/revocation-text.ts";

/** The part of a Durable Object's state that is used. Its storage has to be of the kind with SQL. */
export interface RevocationListObjectState {
  readonly storage: {
    readonly sql: {
      exec(
        query: string,
        ...bindings: readonly (string | number)[]
      ): {
        toArray(): Record<string, unknown>[];
      };
    };
    getAlarm(): Promise<number | null>;
    setAlarm(at: number): Promise<void>;
  };
}

/** Some entries of the list, oldest first: each with its position, and as the text that was added. */
export interface RevocationListPage {
  readonly entries: readonly { readonly position: number; readonly text: string }[];
  readonly isLast: boolean;
}

const pageSize = 1000;

/**
 * The Durable Object class behind `createDurableObjectRevocationList`: a Worker exports it under this name, and its
 * configuration lists it among `new_sqlite_classes`. Only the account's own Workers reach it.
 *
 * @see https://developers.cloudflare.com/durable-objects/api/sqlite-storage-api/
 */
export class RevocationListObject {
  readonly #storage: RevocationListObjectState["storage"];

  constructor({ storage }: RevocationListObjectState) {
    this.#storage = storage;
    storage.sql.exec(
      "CREATE TABLE IF NOT EXISTS revocations (position INTEGER PRIMARY KEY AUTOINCREMENT, text TEXT UNIQUE, until INTEGER)",
    );
  }

  /**
   * `POST` adds the revocation that is the body; `GET` gives a page of what comes after the position `?since=`, or the
   * texts that begin with a `?find=`.
   */
  async fetch(request: Request): Promise<Response> {
    if (request.method === "POST") return this.#add(await request.text());
    const { searchParams } = new URL(request.url);
    if (searchParams.has("find")) return this.#find(searchParams.getAll("find"));
    return this.#read(Number(searchParams.get("since")));
  }

  /** Forgets revocations that are over, and comes again when the next one is. */
  async alarm(): Promise<void> {
    const { sql } = this.#storage;
    sql.exec("DELETE FROM revocations WHERE until <= ?", Math.floor(Date.now() / 1000));
    const [first] = sql.exec("SELECT min(until) AS until FROM revocations").toArray();
    if (typeof first?.until === "number") await this.#storage.setAlarm(alarmAt(first.until));
  }

  async #add(text: string): Promise<Response> {
    const revocation = readRevocation(text);
    if (!revocation) return new Response(null, { status: 400 });
    const { until } = revocation;
    this.#storage.sql.exec(
      "INSERT OR REPLACE INTO revocations (text, until) VALUES (?, ?)",
      text,
      Math.ceil(until),
    );
    if ((await this.#storage.getAlarm()) === null) await this.#storage.setAlarm(alarmAt(until));
    return new Response(null, { status: 204 });
  }

  #read(since: number): Response {
    const entries = this.#storage.sql
      .exec(
        "SELECT position, text FROM revocations WHERE position > ? ORDER BY position LIMIT ?",
        since,
        pageSize,
      )
      .toArray();
    return Response.json({ entries, isLast: entries.length < pageSize });
  }

  #find(beginnings: readonly string[]): Response {
    const texts = beginnings.flatMap((beginning) =>
      this.#storage.sql
        .exec(
          "SELECT text FROM revocations WHERE text >= ? AND text < ?",
          beginning,
          `${beginning.slice(0, -1)}-`,
        )
        .toArray()
        .map(({ text }) => text),
    );
    return Response.json({ texts });
  }
}

/** A minute on, so that much is forgotten at a time. */
function alarmAt(until: number): number {
  return (until + 60) * 1000;
}

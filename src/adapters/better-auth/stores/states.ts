import * as base64url from "jose/base64url";
import { IdentityError } from "../../../domain/errors.ts";
import type { Clock } from "../../../ports/index.ts";
import type { Auth } from "../database/auth.ts";
import type { Digest } from "./digest.ts";

const maxAttempts = 50;
const pruneEveryMs = 60_000;

/**
 * Most states of names that nobody has, which anyone can think up: those that end soonest go early. They may be as many
 * more as one process adds before it looks, {@link trimEvery}.
 */
const maxUnknownUsers = 10_000;
const trimEvery = 1000;

/** No name that is asked for has it, and no subject. */
const unknownUserMark = "\u0000stranger ";

/** Makes the key of a name that nobody has. What is kept under it is kept as long as there is room. */
export function unknownUserKey(name: string): string {
  return `${unknownUserMark}${name}`;
}

/** The change to a state: a new value with the time it is forgotten at, or nothing at all. */
export type Change<Value, Result> = {
  readonly next?: { readonly value: Value; readonly expiresAt: number } | undefined;
  readonly result: Result;
};

/** Small states that expire, such as counters and codes: what Better Auth has no atomic form of. */
export interface States<Value> {
  read(key: string): Promise<Value | undefined>;
  /**
   * Replaces a state by what a function makes of it, as if nobody else were at it: in this process or another. The
   * function may be called more than once. Without a `next` the state stays as it is.
   */
  update<Result>(
    key: string,
    change: (current: Value | undefined) => Change<Value, Result>,
  ): Promise<Result>;
  /** Forgets a state, and tells whether it was there for this call to forget. */
  take(key: string): Promise<boolean>;
}

const model = "porticoState";

interface StateRow {
  readonly id: string;
  readonly version: string;
  readonly value: string;
  readonly expiresAt: Date;
}

/** Makes a way to the states of one kind. Nothing in a row tells whose it is. */
export type OpenStates = <Value>(kind: string) => States<Value>;

/** Makes a way to the states in a database. */
export function createStates(
  { rows }: Pick<Auth, "rows">,
  { clock, digest }: { readonly clock: Clock; readonly digest: Digest },
): OpenStates {
  const { prune, countUnknownUser } = createPruning(rows, clock);

  function findById(id: string): Promise<StateRow | null> {
    return rows.findOne<StateRow>({ model, where: [{ field: "id", value: id }] });
  }

  /** Finds the row that is kept under one of several ids: the first of them whose time has not come. */
  async function find(ids: readonly string[]): Promise<StateRow | null> {
    let ended: StateRow | null = null;
    for (const id of ids) {
      const row = await findById(id);
      if (row && row.expiresAt.getTime() > clock.now()) return row;
      ended ??= row;
    }
    return ended;
  }

  /** Tells whether the row was still as it was read: only then it was written. */
  async function write(
    id: string,
    row: StateRow | null,
    next: { readonly value: unknown; readonly expiresAt: number; readonly expendable: boolean },
  ): Promise<boolean> {
    const update = {
      version: newVersion(),
      value: JSON.stringify(next.value),
      expiresAt: new Date(next.expiresAt),
      expendable: next.expendable,
    };
    if (row) return (await rows.updateMany({ model, where: asRead(row), update })) === 1;
    try {
      await rows.create({ model, data: { id, ...update }, forceAllowId: true });
      if (next.expendable) countUnknownUser();
      return true;
    } catch (error) {
      if (await findById(id)) return false;
      throw error;
    }
  }

  return <Value>(kind: string): States<Value> => {
    // Kept under an older secret, it stays there for as long as it is kept.
    const idsOf = (key: string) => digest.all(`${kind} ${key}`);

    function liveValue(row: StateRow | null): Value | undefined {
      if (!row || row.expiresAt.getTime() <= clock.now()) return undefined;
      return JSON.parse(row.value);
    }

    return {
      read: async (key) => liveValue(await find(await idsOf(key))),

      async update(key, change) {
        const ids = await idsOf(key);
        const [id = ""] = ids;
        const expendable = key.includes(unknownUserMark);
        await prune();
        for (let attempt = 0; attempt < maxAttempts; attempt += 1) {
          const row = await find(ids);
          const { next, result } = change(liveValue(row));
          if (!next || (await write(id, row, { ...next, expendable }))) return result;
        }
        throw new IdentityError("provider_unavailable", { detail: "Too much at once." });
      },

      async take(key) {
        const row = await find(await idsOf(key));
        if (!row) return false;
        const deleted = await rows.deleteMany({ model, where: asRead(row) });
        return deleted === 1 && liveValue(row) !== undefined;
      },
    };
  };
}

/** Takes away what has ended, once a minute, and what is too much, before it is much more. */
function createPruning(rows: Auth["rows"], clock: Clock) {
  let prunedAt = clock.now();
  let added = 0;

  async function trimUnknownUsers(): Promise<void> {
    const ofUnknownUsers = { field: "expendable", value: true };
    const [first] = await rows.findMany<StateRow>({
      model,
      where: [ofUnknownUsers],
      sortBy: { field: "expiresAt", direction: "desc" },
      limit: 1,
      offset: maxUnknownUsers,
    });
    if (!first) return;
    const tooMany = { field: "expiresAt", operator: "lte" as const, value: first.expiresAt };
    await rows.deleteMany({ model, where: [ofUnknownUsers, tooMany] });
  }

  return {
    countUnknownUser() {
      added += 1;
    },
    async prune() {
      const now = clock.now();
      const isTime = Math.abs(now - prunedAt) >= pruneEveryMs;
      if (!isTime && added < trimEvery) return;
      prunedAt = now;
      added = 0;
      const where = [{ field: "expiresAt", operator: "lt" as const, value: new Date(now) }];
      await rows.deleteMany({ model, where });
      await trimUnknownUsers();
    },
  };
}

function asRead({ id, version }: StateRow) {
  return [
    { field: "id", value: id },
    { field: "version", value: version },
  ];
}

function newVersion(): string {
  return base64url.encode(crypto.getRandomValues(new Uint8Array(12)));
}

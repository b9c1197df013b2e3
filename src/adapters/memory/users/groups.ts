import { IdentityError } from "../../../domain/errors.ts";
import type { GroupOptions } from "../settings/options.ts";
import type { SavePoint } from "../store/save-point.ts";

/** A group as stored. */
export interface Group extends GroupOptions {
  /** Never given again: whoever was in a group that was deleted is in no later one of its name. */
  readonly id: number;
}

/** The groups of a user directory. */
export interface Groups extends SavePoint {
  /**
   * Adds a group.
   *
   * @throws {IdentityError} `conflict` — there is one of that name
   */
  create(options: GroupOptions): Group;
  /** @throws {IdentityError} `group_not_found` — there is no such group */
  get(name: string): Group;
  /**
   * Changes the precedence and the role of a group.
   *
   * @throws {IdentityError} `group_not_found` — there is no such group
   */
  update(name: string, changes: Pick<GroupOptions, "precedence" | "role">): void;
  /** Deletes a group. One that does not exist is no error. */
  remove(name: string): void;
  /** All groups, by name. */
  list(): readonly Group[];
  /** Gives the ids of the groups that whoever signs up under a name is put into. */
  idsForNewcomer(username: string): ReadonlySet<number>;
  /** Gives the groups with the given ids, in the order of tokens: by precedence, then by name. */
  withIds(ids: ReadonlySet<number>): readonly Group[];
}

/** Makes a register of groups. */
export function createGroups(first: readonly GroupOptions[]): Groups {
  let groups = new Map<string, Group>();
  let lastId = 0;

  function create(options: GroupOptions): Group {
    if (groups.has(options.name)) throw new IdentityError("conflict");
    lastId += 1;
    const group = { ...options, id: lastId };
    groups.set(group.name, group);
    return group;
  }

  for (const options of first) create(options);

  function get(name: string): Group {
    const group = groups.get(name);
    if (!group) throw new IdentityError("group_not_found");
    return group;
  }

  return {
    create,
    get,
    update: (name, changes) => void groups.set(name, { ...get(name), ...changes }),
    remove: (name) => void groups.delete(name),
    list: () => [...groups.values()].toSorted(byName),
    idsForNewcomer(username) {
      const own = [...groups.values()].filter(({ members = [] }) => members.includes(username));
      return new Set(own.map(({ id }) => id));
    },
    withIds: (ids) => [...groups.values()].filter(({ id }) => ids.has(id)).toSorted(byPrecedence),
    save() {
      const saved = new Map(groups);
      return () => {
        groups = new Map(saved);
      };
    },
  };
}

function byPrecedence(one: Group, other: Group): number {
  const [first, second] = [one.precedence ?? Infinity, other.precedence ?? Infinity];
  return first === second ? byName(one, other) : first - second;
}

function byName(one: Group, other: Group): number {
  return one.name < other.name ? -1 : 1;
}

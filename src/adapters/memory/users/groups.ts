import { IdentityError } from "../../../domain/errors.ts";
import type { GroupOptions } from "../settings/options.ts";
import type { SavePoint } from "../store/save-point.ts";
import { createSortedList, type Place } from "../store/sorted-list.ts";

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
  /** The groups by name, from after one on, whether that is there or not. No group may be changed until the last was taken. */
  listAfter(name: string): Iterable<Group>;
  /** Gives the ids of the groups that whoever signs up under a name is put into. */
  idsForNewcomer(username: string): ReadonlySet<number>;
  /** Gives the groups with the given ids, in the order of tokens: by precedence, then by name. */
  withIds(ids: ReadonlySet<number>): readonly Group[];
}

/** Shared by all newcomers who are put into no group. */
const noIds: ReadonlySet<never> = new Set();

/** Makes a register of groups. */
export function createGroups(first: readonly GroupOptions[]): Groups {
  const inOrder = createSortedList<string, Group>(() => 0);
  let groups = new Map<string, Group>();
  let byId = new Map<number, Group>();
  /** The ids of groups, some of them gone, by who is put into them when they sign up. */
  let newcomers = new Map<string, readonly number[]>();
  let lastId = 0;

  function put(group: Group): void {
    groups.set(group.name, group);
    byId.set(group.id, group);
    inOrder.put(placeOf(group.name), group);
  }

  function create(options: GroupOptions): Group {
    if (groups.has(options.name)) throw new IdentityError("conflict");
    lastId += 1;
    const group = { ...options, id: lastId };
    put(group);
    for (const member of options.members ?? [])
      newcomers.set(member, [...(newcomers.get(member) ?? []), group.id]);
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
    update: (name, changes) => put({ ...get(name), ...changes }),
    remove(name) {
      const group = groups.get(name);
      if (!group) return;
      groups.delete(name);
      byId.delete(group.id);
      inOrder.delete(placeOf(name));
    },
    list: () => [...inOrder.from()],
    listAfter: (name) => inOrder.from(placeOf(name)),
    idsForNewcomer(username) {
      const ids = newcomers.get(username)?.filter((id) => byId.has(id)) ?? [];
      return ids.length > 0 ? new Set(ids) : noIds;
    },
    withIds: (ids) => [...ids].flatMap((id) => byId.get(id) ?? []).toSorted(byPrecedence),
    save() {
      const saved = [new Map(groups), new Map(byId), new Map(newcomers)] as const;
      const restoreOrder = inOrder.save();
      return () => {
        groups = new Map(saved[0]);
        byId = new Map(saved[1]);
        newcomers = new Map(saved[2]);
        restoreOrder();
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

/** No two groups have the same name. */
function placeOf(name: string): Place<string> {
  return { key: name, serial: 0 };
}

import { saveAll } from "../store/save-point.ts";
import { type AgeIndex, createAgeIndex } from "./age-index.ts";
import type { User } from "./user.ts";
import type { UserIndex, UserRow } from "./user-index.ts";

/** An index of users by the ids of their groups. */
export interface GroupIndex extends UserIndex {
  /** Gives the users in a group, the oldest first, who are younger than the one of a serial. */
  list(groupId: number, after?: { readonly serial: number }): Iterable<User>;
}

/** Makes an index with no user in it. */
export function createGroupIndex(): GroupIndex {
  let members = new Map<number, AgeIndex>();

  function enter(groupId: number, row: UserRow): void {
    const group = members.get(groupId) ?? createAgeIndex();
    members.set(groupId, group);
    group.put(row, undefined);
  }

  function leave(groupId: number, row: UserRow): void {
    const group = members.get(groupId);
    group?.remove(row);
    if (group?.size === 0) members.delete(groupId);
  }

  return {
    put(row, before) {
      const { groupIds } = row.user;
      if (groupIds === before?.groupIds) return;
      for (const id of before?.groupIds ?? []) if (!groupIds.has(id)) leave(id, row);
      for (const id of groupIds) if (!before?.groupIds.has(id)) enter(id, row);
    },
    remove(row) {
      for (const id of row.user.groupIds) leave(id, row);
    },
    list: (groupId, after) => members.get(groupId)?.list(after) ?? [],
    save() {
      const saved = new Map(members);
      const restore = saveAll([...saved.values()]);
      return () => {
        members = new Map(saved);
        restore();
      };
    },
  };
}

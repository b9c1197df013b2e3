import type { UserIndex } from "./user-index.ts";

/** An index of the passkeys that users have, by their ids: no two users have one of the same. */
export interface PasskeyIndex extends UserIndex {
  has(id: string): boolean;
}

/** Makes an index with no passkey in it. */
export function createPasskeyIndex(): PasskeyIndex {
  let ids = new Set<string>();
  return {
    has: (id) => ids.has(id),
    put({ user: { passkeys } }, before) {
      if (passkeys === before?.passkeys) return;
      for (const { id } of before?.passkeys ?? []) ids.delete(id);
      for (const { id } of passkeys) ids.add(id);
    },
    remove({ user }) {
      for (const { id } of user.passkeys) ids.delete(id);
    },
    save() {
      const saved = new Set(ids);
      return () => {
        ids = new Set(saved);
      };
    },
  };
}

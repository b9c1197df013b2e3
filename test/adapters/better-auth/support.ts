import { createHash } from "node:crypto";
import type { PasswordHashing } from "../../../src/adapters/better-auth/index.ts";

/** A hash that costs nothing, for tests that make many users. */
export const quickHashing: PasswordHashing = {
  hash: async (password) => createHash("sha256").update(password).digest("hex"),
  verify: async ({ hash, password }) => hash === (await quickHashing.hash(password)),
};

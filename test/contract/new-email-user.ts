import { randomUUID } from "node:crypto";
import type { NewUser } from "../../src/testing/index.ts";

/** Thinks up a user who signs in by e-mail address. */
export function newEmailUser(): NewUser {
  const email = `${randomUUID()}@example.com`;
  return { username: email, password: `Aa1!${randomUUID()}`, attributes: { email } };
}

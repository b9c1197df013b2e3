import type { NewUser } from "../../src/testing/index.ts";

/** Thinks up a user who signs in by e-mail address. */
export function newEmailUser(): NewUser {
  const email = `${crypto.randomUUID()}@example.com`;
  return { username: email, password: `Aa1!${crypto.randomUUID()}`, attributes: { email } };
}

import type { HarnessControls, NewUser } from "../../src/testing/index.ts";

/** Thinks up a user who signs in by e-mail address. */
export function newEmailUser(): NewUser {
  const email = `${crypto.randomUUID()}@example.com`;
  return { username: email, password: `Aa1!${crypto.randomUUID()}`, attributes: { email } };
}

/** Thinks up a user whose address can be written in several ways. */
export const spellings: HarnessControls["spellings"] = {
  newUser() {
    const user = newEmailUser();
    const username = `zo\u00eb-${user.username}`;
    return {
      ...user,
      username,
      attributes: { email: username },
      spellings: [
        username.toUpperCase(),
        username.normalize("NFD"),
        username.toUpperCase().normalize("NFD"),
      ],
    };
  },
};

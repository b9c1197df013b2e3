import { expect } from "vitest";
import type { Subject } from "./subject.ts";
import type { Said } from "./wire.ts";

/** A kind of name to sign up or in with. */
export type NameKind = NonNullable<Said["sign_up"]["usernames"]>[number];

export interface InventedUser {
  readonly username: string;
  readonly password: string;
  readonly attributes: Readonly<Record<string, string>>;
}

const password = "Correct-Horse-7";
let count = 0;

/** Thinks up somebody who has what a sign-up has to bring; under a plain name, with an address as well. */
export function inventUser(kind: NameKind, required: readonly string[] = []): InventedUser {
  count += 1;
  const email = `ada${count}@example.com`;
  const phone_number = `+1555${String(count).padStart(7, "0")}`;
  const known: Readonly<Record<string, string>> = { email, phone_number, given_name: "Ada" };
  const needed = required.map((name) => [name, known[name] ?? "x"]);
  const names = { email, phone_number, username: `ada${count}` };
  return {
    username: names[kind],
    password,
    attributes: { ...(kind === "username" && { email }), ...Object.fromEntries(needed) },
  };
}

/** Has an administrator make a user who can sign in, with both kinds of address proven, and signs them in. */
export async function signedIn(subject: Subject, said: Said) {
  const kind = said.sign_in.usernames?.find((one) => one !== "phone_number") ?? "phone_number";
  const { username } = inventUser(said.sign_in.usernames?.includes("username") ? "username" : kind);
  const email = `ada${count}@example.com`;
  const phone_number = `+1555${String(count).padStart(7, "0")}`;
  const verified = { email_verified: "true", phone_number_verified: "true" };
  const attributes = { email, phone_number, given_name: "Ada", ...verified };
  await subject.identity.createUser({ username, attributes, invite: false });
  await subject.identity.setPassword({ username, password, isPermanent: true });
  const names = { email, phone_number, username };
  if (!said.sign_in.first_factors.includes("password")) return { names, username, password };
  const { body } = await subject.send("POST", "/v1/sign-in", { body: { username, password } });
  expect(["signed_in", "challenge"]).toContain(body.status);
  return { names, username, password, token: body.tokens?.access_token };
}

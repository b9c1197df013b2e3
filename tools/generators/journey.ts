import { expect } from "vitest";

/** The operations of the journey, as a generated client has them: what each is answered, or the code of the problem. */
export interface GeneratedClient {
  signUp(user: User): Promise<string>;
  confirmSignUp(username: string, code: string): Promise<string>;
  signIn(user: User): Promise<Tokens | string>;
  /** Gives the subject of the access token. */
  getSession(accessToken: string): Promise<string>;
  refreshTokens(refreshToken: string): Promise<string>;
  signOut(refreshToken: string): Promise<number>;
}

export interface User {
  readonly username: string;
  readonly password: string;
}

export interface Tokens {
  readonly accessToken: string;
  readonly refreshToken: string;
}

/** Takes a user from the sign-up to the sign-out, and past each thing that the client has to tell apart. */
export async function travel(client: GeneratedClient, url: string): Promise<void> {
  const user = { username: `${crypto.randomUUID()}@example.com`, password: "Correct-Horse-7" };

  expect(await client.signUp({ ...user, password: "No-Digit-Horse" })).toBe(
    "password_policy_violation",
  );
  expect(await client.signUp(user)).toBe("confirmation_required");
  expect(await client.confirmSignUp(user.username, "000000")).toBe("code_mismatch");
  expect(await client.confirmSignUp(user.username, await codeFor(user, url))).toBe("confirmed");
  expect(await client.signIn({ ...user, password: "Wrong-Horse-7" })).toBe("invalid_credentials");
  const tokens = await client.signIn(user);
  if (typeof tokens === "string") throw new Error(`not signed in: ${tokens}`);
  expect(await client.getSession(tokens.accessToken)).toMatch(/^[\w-]{36}$/);
  expect(await client.getSession("not-a-token")).toBe("invalid_token");
  const renewed = await client.refreshTokens(tokens.refreshToken);
  expect(await client.getSession(renewed)).toMatch(/^[\w-]{36}$/);
  expect(await client.signOut(tokens.refreshToken)).toBe(204);
  expect(await client.refreshTokens(tokens.refreshToken)).toBe("invalid_refresh_token");
}

/** Gives the code that was sent last. */
async function codeFor({ username }: User, url: string): Promise<string> {
  const response = await fetch(`${url}/dev/outbox?username=${encodeURIComponent(username)}`);
  const { messages }: { readonly messages: readonly { readonly code: string }[] } =
    await response.json();
  return messages.at(-1)?.code ?? "";
}

import { createTotpApp } from "../../runtime/totp-app.ts";
import type { PageService } from "./services.ts";

/** A user of the service, and what they know. */
export interface Account {
  readonly username: string;
  readonly password: string;
}

export const password = "Correct-Horse-7";
export const otherPassword = "Another-Horse-8";

let made = 0;

/** Gives a name that nobody has yet. */
export function freshName(): string {
  made += 1;
  return `ada${made}@example.com`;
}

/** Makes a confirmed account by the API. */
export async function makeAccount(
  service: PageService,
  attributes: Readonly<Record<string, string>> = {},
  username: string = freshName(),
): Promise<Account> {
  const account = { username, password, attributes };
  const { status } = await call(service, "POST", "/v1/sign-up", account);
  if (status === "confirmation_required") {
    const code = service.code(username, "sign_up_confirmation");
    await call(service, "POST", "/v1/sign-up/confirm", { username, code });
  }
  return { username, password };
}

/** Gives an access token of an account that has no second factor. */
export async function tokenOf(
  service: PageService,
  { username, password }: Account,
): Promise<string> {
  const { tokens } = await call(service, "POST", "/v1/sign-in", { username, password });
  return tokens.access_token;
}

/** Switches second factors on by the API. Gives the app that has the secret. */
export async function addFactors(
  service: PageService,
  account: Account,
  enabled: readonly string[],
  preferred?: string,
) {
  const token = await tokenOf(service, account);
  const { secret } = await call(service, "POST", "/v1/me/mfa/totp", {}, token);
  const app = createTotpApp(secret);
  if (enabled.includes("totp")) {
    const code = await app.nextCode();
    await call(service, "POST", "/v1/me/mfa/totp/confirm", { code }, token);
  }
  await call(service, "PUT", "/v1/me/mfa", { enabled, ...(preferred && { preferred }) }, token);
  return app;
}

/** Proves the telephone number of an account by the API. */
export async function proveTelephone(service: PageService, account: Account): Promise<void> {
  const token = await tokenOf(service, account);
  const path = "/v1/me/attributes/phone_number/verification";
  await call(service, "POST", path, undefined, token);
  const code = service.code(account.username, "attribute_verification");
  await call(service, "POST", `${path}/confirm`, { code }, token);
}

/** Calls the service, and gives what it answers. */
export async function call(
  { url }: Pick<PageService, "url">,
  method: string,
  path: string,
  body?: unknown,
  token?: string,
) {
  const response = await fetch(`${url}${path}`, {
    method,
    headers: {
      ...(body !== undefined && { "Content-Type": "application/json" }),
      ...(token !== undefined && { Authorization: `Bearer ${token}` }),
    },
    ...(body !== undefined && { body: JSON.stringify(body) }),
  });
  const text = await response.text();
  if (!response.ok) throw new Error(`${method} ${path}: ${response.status} ${text}`);
  return text === "" ? undefined : JSON.parse(text);
}

import { bearer, newAccount, type Probe } from "./probe.ts";

/** A request with a JSON body, good in every member. */
export interface JsonRequest {
  /** @default "POST" */
  readonly method?: "POST" | "PUT" | "PATCH";
  /** As openapi.yaml has it. */
  readonly template?: string;
  readonly path: string;
  /** The members that must be there. */
  readonly body: Readonly<Record<string, unknown>>;
  /** What is blamed where there is no member at all. @default every member of the body */
  readonly blamedWhenEmpty?: readonly string[];
  readonly needsBearer?: true;
}

const { username, password, attributes } = newAccount();
const code = "135790";

/** One request for each operation that takes a body. The users and tokens in it do not exist. */
export const jsonRequests: readonly JsonRequest[] = [
  { path: "/v1/sign-up", body: { username, password } },
  { path: "/v1/sign-up/confirm", body: { username, code } },
  { path: "/v1/sign-up/resend", body: { username } },
  // Without a password it begins with another factor.
  { path: "/v1/sign-in", body: { username, password }, blamedWhenEmpty: ["/username"] },
  {
    path: "/v1/sign-in/challenge",
    body: { type: "totp", session: "no-such-session", code },
    // The type says what else there is to miss.
    blamedWhenEmpty: ["/type"],
  },
  { path: "/v1/sign-in/challenge/resend", body: { session: "no-such-session" } },
  { path: "/v1/token/refresh", body: { refresh_token: "no-such-token" } },
  { path: "/v1/sign-out", body: { refresh_token: "no-such-token" } },
  { path: "/v1/password/forgot", body: { username } },
  { path: "/v1/password/reset", body: { username, code, new_password: password } },
  {
    path: "/v1/password/change",
    body: { current_password: password, new_password: `${password}!` },
    needsBearer: true,
  },
  { method: "PATCH", path: "/v1/me", body: { attributes: {} }, needsBearer: true },
  {
    template: "/v1/me/attributes/{name}/verification/confirm",
    path: "/v1/me/attributes/email/verification/confirm",
    body: { code },
    needsBearer: true,
  },
  { method: "PUT", path: "/v1/me/mfa", body: { enabled: [] }, needsBearer: true },
  { path: "/v1/me/mfa/totp/confirm", body: { code }, needsBearer: true },
  { path: "/v1/me/passkeys", body: { credential: {} }, needsBearer: true },
  { path: "/v1/admin/users", body: { username }, needsBearer: true },
  {
    method: "PATCH",
    template: "/v1/admin/users/{username}",
    path: "/v1/admin/users/nobody",
    body: { attributes: {} },
    needsBearer: true,
  },
  {
    template: "/v1/admin/users/{username}/set-password",
    path: "/v1/admin/users/nobody/set-password",
    body: { password },
    needsBearer: true,
  },
];

/** A sign-up with all that it can hold. */
export const fullSignUp = { username, password, attributes };

/** The headers that a request needs to get as far as its body. */
export async function headersFor(
  probe: Probe,
  request: JsonRequest,
): Promise<Record<string, string>> {
  const token = request.needsBearer ? (await probe.bystander()).accessToken : undefined;
  return { "content-type": "application/json", ...bearer(token) };
}

/** What to call a request. */
export function nameOf({ method = "POST", path }: JsonRequest): string {
  return `${method} ${path}`;
}

import { bearer, newAccount, type Probe } from "./probe.ts";

/** A request with a JSON body, good in every member. */
export interface JsonRequest {
  readonly path: string;
  /** The members that must be there. */
  readonly body: Readonly<Record<string, unknown>>;
  readonly needsBearer?: true;
}

const { username, password, attributes } = newAccount();
const code = "135790";

/** One request for each operation that takes a body. The users and tokens in it do not exist. */
export const jsonRequests: readonly JsonRequest[] = [
  { path: "/v1/sign-up", body: { username, password } },
  { path: "/v1/sign-up/confirm", body: { username, code } },
  { path: "/v1/sign-up/resend", body: { username } },
  { path: "/v1/sign-in", body: { username, password } },
  { path: "/v1/token/refresh", body: { refresh_token: "no-such-token" } },
  { path: "/v1/sign-out", body: { refresh_token: "no-such-token" } },
  { path: "/v1/password/forgot", body: { username } },
  { path: "/v1/password/reset", body: { username, code, new_password: password } },
  {
    path: "/v1/password/change",
    body: { current_password: password, new_password: `${password}!` },
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

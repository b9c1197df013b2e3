import { invalidParameter } from "../wire/cognito-exception.ts";
import type { AppClient, ExplicitAuthFlow } from "./app-client.ts";

/** The flows that a sign-in, or a refresh, can be begun with. */
export const authFlows = [
  "ADMIN_NO_SRP_AUTH",
  "ADMIN_USER_PASSWORD_AUTH",
  "CUSTOM_AUTH",
  "REFRESH_TOKEN",
  "REFRESH_TOKEN_AUTH",
  "USER_AUTH",
  "USER_PASSWORD_AUTH",
  "USER_SRP_AUTH",
] as const;
export type AuthFlow = (typeof authFlows)[number];

const allowedBy: Readonly<Record<AuthFlow, readonly ExplicitAuthFlow[]>> = {
  ADMIN_NO_SRP_AUTH: ["ALLOW_ADMIN_USER_PASSWORD_AUTH", "ADMIN_NO_SRP_AUTH"],
  ADMIN_USER_PASSWORD_AUTH: ["ALLOW_ADMIN_USER_PASSWORD_AUTH", "ADMIN_NO_SRP_AUTH"],
  CUSTOM_AUTH: ["ALLOW_CUSTOM_AUTH", "CUSTOM_AUTH_FLOW_ONLY"],
  REFRESH_TOKEN: ["ALLOW_REFRESH_TOKEN_AUTH"],
  REFRESH_TOKEN_AUTH: ["ALLOW_REFRESH_TOKEN_AUTH"],
  USER_AUTH: ["ALLOW_USER_AUTH"],
  USER_PASSWORD_AUTH: ["ALLOW_USER_PASSWORD_AUTH", "USER_PASSWORD_AUTH"],
  USER_SRP_AUTH: ["ALLOW_USER_SRP_AUTH"],
};

/**
 * Requires that a client allows a flow, and that the operation takes it: one with AWS credentials takes none in which
 * anyone sends a password, and one without none of the others.
 *
 * @throws {CognitoException} `InvalidParameter`
 */
export function requireFlow(client: AppClient, flow: AuthFlow, isAdmin: boolean): void {
  const isForAdmins = flow.startsWith("ADMIN_");
  if (isAdmin ? flow === "USER_PASSWORD_AUTH" : isForAdmins)
    throw invalidParameter("Initiate Auth method not supported.");
  if (allowedBy[flow].some((allowed) => client.flows.has(allowed))) return;
  throw invalidParameter(
    isAdmin ? "Auth flow not enabled for this client" : `${flow} flow not enabled for this client`,
  );
}

import type { Client } from "../../../adapters/memory/tokens/clients.ts";
import { oauthMembers } from "../settings/oauth-members.ts";
import { invalidParameter } from "../wire/cognito-exception.ts";
import {
  choice,
  flag,
  integer,
  list,
  type Read,
  required,
  structure,
  text,
} from "../wire/constraints.ts";
import { isDeveloperOnly } from "./pool-schema.ts";

const units = ["seconds", "minutes", "hours", "days"] as const;
const flows = [
  "ADMIN_NO_SRP_AUTH",
  "CUSTOM_AUTH_FLOW_ONLY",
  "USER_PASSWORD_AUTH",
  "ALLOW_ADMIN_USER_PASSWORD_AUTH",
  "ALLOW_CUSTOM_AUTH",
  "ALLOW_USER_PASSWORD_AUTH",
  "ALLOW_USER_SRP_AUTH",
  "ALLOW_REFRESH_TOKEN_AUTH",
  "ALLOW_USER_AUTH",
] as const;

/** A flow that an app client can allow. */
export type ExplicitAuthFlow = (typeof flows)[number];

const permittedAttribute = text({ min: 1, max: 2048 });

/** The name of an app client. */
export const appClientName = text({ min: 1, max: 128, pattern: /^[\w\s+=,.@-]+$/ });

/** The members of an app client that can be said when it is made or changed. */
export const appClientMembers = {
  ...oauthMembers,
  RefreshTokenValidity: integer(0, 315_360_000),
  AccessTokenValidity: integer(1, 86_400),
  IdTokenValidity: integer(1, 86_400),
  TokenValidityUnits: structure({
    AccessToken: choice(...units),
    IdToken: choice(...units),
    RefreshToken: choice(...units),
  }),
  ReadAttributes: list(permittedAttribute),
  WriteAttributes: list(permittedAttribute),
  ExplicitAuthFlows: list(choice(...flows)),
  PreventUserExistenceErrors: choice("LEGACY", "ENABLED"),
  EnableTokenRevocation: flag(),
  AuthSessionValidity: integer(3, 15),
  RefreshTokenRotation: structure({
    Feature: required(choice("ENABLED", "DISABLED")),
    RetryGracePeriodSeconds: integer(0, 60),
  }),
};

/** The configuration of an app client. */
export type AppClientConfiguration = Read<typeof appClientMembers>;

/** A secret of an app client. */
export interface ClientSecret {
  readonly id: string;
  readonly value: string;
  /** In milliseconds since the epoch. */
  readonly createdAt: number;
}

/** An app client of a user pool. */
export interface AppClient {
  readonly id: string;
  readonly poolId: string;
  readonly name: string;
  /** Those that are good now: none for a public client, two while one takes the other's place. */
  readonly secrets: readonly ClientSecret[];
  readonly configuration: AppClientConfiguration;
  /** The flows that it allows, defaults filled in. */
  readonly flows: ReadonlySet<ExplicitAuthFlow>;
  /** In milliseconds since the epoch. */
  readonly createdAt: number;
  /** In milliseconds since the epoch. */
  readonly updatedAt: number;
}

const unitSeconds = { seconds: 1, minutes: 60, hours: 3600, days: 86_400 };
const defaultFlows: readonly ExplicitAuthFlow[] = [
  "ALLOW_REFRESH_TOKEN_AUTH",
  "ALLOW_USER_SRP_AUTH",
  "ALLOW_CUSTOM_AUTH",
];

/**
 * Makes the engine's client of an app client.
 *
 * @throws {CognitoException} `InvalidParameter` — a validity is out of its bounds
 */
export function engineClientOf(id: string, configuration: AppClientConfiguration): Client {
  const { TokenValidityUnits: unitsOf = {}, RefreshTokenRotation: rotation } = configuration;
  const { AccessTokenValidity = 1, IdTokenValidity = 1, RefreshTokenValidity } = configuration;
  // Zero, too, is the default of thirty days, whatever the unit.
  const refresh = RefreshTokenValidity
    ? RefreshTokenValidity * unitSeconds[unitsOf.RefreshToken ?? "days"]
    : 30 * unitSeconds.days;
  const access = AccessTokenValidity * unitSeconds[unitsOf.AccessToken ?? "hours"];
  const idSeconds = IdTokenValidity * unitSeconds[unitsOf.IdToken ?? "hours"];
  for (const seconds of [access, idSeconds]) requireWithin(seconds, 300, unitSeconds.days);
  requireWithin(refresh, 3600, 3650 * unitSeconds.days);
  if (Math.max(access, idSeconds) > refresh)
    throw invalidParameter(
      "Access and Id Token expiration times must be less than or equal to refresh token expiration times.",
    );
  return {
    id,
    tokenSeconds: { access, id: idSeconds, refresh },
    refreshRotation:
      rotation?.Feature === "ENABLED"
        ? { graceSeconds: rotation.RetryGracePeriodSeconds ?? 0 }
        : undefined,
    challengeSeconds: (configuration.AuthSessionValidity ?? 3) * 60,
    canRead: (name) => isAllowed(name, configuration.ReadAttributes),
    isRevocable: configuration.EnableTokenRevocation ?? true,
  };
}

/**
 * Gives the flows that a client allows.
 *
 * @throws {CognitoException} `InvalidParameter` — old and new names together, or refreshing by a flow that rotation rules out
 */
export function flowsOf(configuration: AppClientConfiguration): ReadonlySet<ExplicitAuthFlow> {
  const { ExplicitAuthFlows: named = [], RefreshTokenRotation: rotation } = configuration;
  const isRotating = rotation?.Feature === "ENABLED";
  const isNew = (flow: ExplicitAuthFlow) => flow.startsWith("ALLOW_");
  if (named.some(isNew) && !named.every(isNew))
    throw invalidParameter(
      "Auth flow name with prefix 'ALLOW' cannot be used with legacy auth flow names.",
    );
  if (isRotating && named.includes("ALLOW_REFRESH_TOKEN_AUTH"))
    throw invalidParameter(
      "Refresh token rotation cannot be enabled with ALLOW_REFRESH_TOKEN_AUTH.",
    );
  const flows = new Set(named.length > 0 ? named : defaultFlows);
  // A client that goes by the old names refreshes and signs in by SRP without saying so.
  if (named.length > 0 && !named.some(isNew))
    for (const flow of ["ALLOW_REFRESH_TOKEN_AUTH", "ALLOW_USER_SRP_AUTH"] as const)
      flows.add(flow);
  if (isRotating) flows.delete("ALLOW_REFRESH_TOKEN_AUTH");
  return flows;
}

/**
 * Tells whether an attribute is on a client's list. Without a list, that is any but those which are for administrators
 * alone: custom ones, too, can then be written by the users themselves.
 *
 * @see https://github.com/hashicorp/terraform-provider-aws/issues/28684
 */
export function isAllowed(name: string, allowed: readonly string[] | undefined): boolean {
  return allowed ? allowed.includes(name) : !isDeveloperOnly(name);
}

function requireWithin(seconds: number, min: number, max: number): void {
  if (seconds < min || seconds > max) throw invalidParameter("Invalid range for token validity.");
}

import { createUser } from "../../../adapters/memory/administration/invitations.ts";
import { inventPassword } from "../../../adapters/memory/credentials/password-policy.ts";
import type { Contact } from "../../../adapters/memory/settings/options.ts";
import type { User } from "../../../adapters/memory/users/user.ts";
import type { AttributeValues } from "../../../domain/user.ts";
import { inCognitosWords } from "../answers/wording.ts";
import type { Directory, Tenant } from "../directory/directory.ts";
import { checkSchema } from "../users/attribute-rules.ts";
import { CognitoException } from "../wire/cognito-exception.ts";
import { isMembers, type Members } from "../wire/wire.ts";
import { callTrigger } from "./triggers.ts";

/**
 * Moves a user over from another directory who signs in with a password and is not there yet.
 *
 * @param password - nothing, where the sign-in begins otherwise: then nobody is moved
 * @returns whether somebody was
 * @throws {CognitoException} `UserNotFound` — the trigger knows nobody of that name and password, to a client that tells
 * @see https://docs.aws.amazon.com/cognito/latest/developerguide/user-pool-lambda-migrate-user.html
 */
export async function migrateAtSignIn(
  directory: Directory,
  tenant: Tenant,
  username: string,
  password: string | undefined,
): Promise<boolean> {
  if (password === undefined) return false;
  return migrate(directory, tenant, { username, password, occasion: "Authentication" });
}

/**
 * Moves a user over from another directory who forgot a password that only that knows.
 *
 * @throws {CognitoException} `UserNotFound` — as {@link migrateAtSignIn}
 */
export async function migrateAtRecovery(
  directory: Directory,
  tenant: Tenant,
  username: string,
): Promise<void> {
  await migrate(directory, tenant, { username, password: undefined, occasion: "ForgotPassword" });
}

/** The user to be moved over. */
interface Newcomer {
  readonly username: string;
  readonly password: string | undefined;
  readonly occasion: "Authentication" | "ForgotPassword";
}

async function migrate(directory: Directory, tenant: Tenant, newcomer: Newcomer): Promise<boolean> {
  const { client, engine, pool } = tenant;
  const isWanted = pool.configuration.LambdaConfig?.UserMigration !== undefined;
  if (!isWanted || engine.users.find(newcomer.username)) return false;
  try {
    const response = await askFor(directory, tenant, newcomer);
    await create(tenant, newcomer, response);
    return true;
  } catch (cause) {
    if (!(cause instanceof CognitoException)) throw cause;
    // To a client that hides who exists it is as if nobody had been asked.
    if (client.configuration.PreventUserExistenceErrors === "ENABLED") return false;
    const message = `Exception migrating user in app client ${client.id}`;
    throw new CognitoException("UserNotFound", message, { cause });
  }
}

async function askFor(
  directory: Directory,
  { client, pool }: Tenant,
  { username, password, occasion }: Newcomer,
): Promise<Members> {
  const isSignIn = occasion === "Authentication";
  return callTrigger(directory, pool, {
    trigger: "UserMigration",
    occasion,
    clientId: client.id,
    userName: username,
    request: {
      ...(password !== undefined && { password }),
      validationData: (isSignIn && directory.request?.clientMetadata) || null,
      userAttributes: null,
    },
    response: {
      userAttributes: null,
      forceAliasCreation: null,
      enableSMSMFA: null,
      finalUserStatus: null,
      messageAction: null,
      desiredDeliveryMediums: null,
    },
  });
}

/** A password that was good elsewhere is good here, whatever the policy of the pool. */
const anyPassword = {
  minimumLength: 0,
  requireUppercase: false,
  requireLowercase: false,
  requireDigit: false,
  requireSymbol: false,
};

async function create(
  { engine, pool }: Tenant,
  { username, password }: Newcomer,
  response: Members,
): Promise<void> {
  const { settings } = engine;
  const values = attributesIn(response);
  if (!values) throw new CognitoException("InvalidLambdaResponse", "Unrecognizable lambda output");
  const { username: name = username, sub: _, ...attributes } = values;
  checkSchema(pool, attributes);
  const tolerant = { ...engine, settings: { ...settings, passwordPolicy: anyPassword } };
  const mediums = textsIn(response.desiredDeliveryMediums);
  const inviteBy = mediums.map((medium): Contact => (medium === "SMS" ? "phone_number" : "email"));
  const created = await inCognitosWords(() =>
    createUser(tolerant, {
      username: name,
      attributes,
      temporaryPassword: password ?? inventPassword(settings),
      invite: response.messageAction !== "SUPPRESS",
      takesAlias: response.forceAliasCreation === true,
      ...(inviteBy.length > 0 && { inviteBy }),
    }),
  );
  engine.users.put(settled(created, password !== undefined, response));
}

/** Somebody who signed in with the password from elsewhere goes on with it only if the trigger says so. */
function settled(
  user: User,
  hasPassword: boolean,
  { finalUserStatus, enableSMSMFA }: Members,
): User {
  const isConfirmed = hasPassword && finalUserStatus === "CONFIRMED";
  return {
    ...user,
    status: isConfirmed ? "confirmed" : "password_reset_required",
    ...(enableSMSMFA === true && { mfa: { enabled: ["sms_code"], preferred: "sms_code" } }),
  };
}

function attributesIn({ userAttributes }: Members): AttributeValues | undefined {
  if (!isMembers(userAttributes)) return undefined;
  return Object.fromEntries(
    Object.entries(userAttributes).map(([name, value]) => [name, String(value)]),
  );
}

function textsIn(value: unknown): readonly string[] {
  return Array.isArray(value) ? value.filter((one) => typeof one === "string") : [];
}

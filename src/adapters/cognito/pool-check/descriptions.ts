import { isIdentityError } from "../../../domain/errors.ts";
import type { SetUpFinding } from "../../shared/settings.ts";
import { createSender } from "../wire/transport-fetch.ts";
import { type Description, structureIn } from "./findings.ts";
import type { PoolCheckOptions } from "./options.ts";

/** The credentials, and the pool and app client, that descriptions are read by. */
export type DescriptionOptions = Omit<
  PoolCheckOptions,
  "clientSecrets" | "authFlow" | "refreshFlow" | "propagatesCallerAddress" | "features"
>;

/** Cognito's word on one thing, or why it is not known. */
export interface Described {
  readonly answer?: Description;
  readonly finding?: SetUpFinding;
}

/** The descriptions of a pool, of its app client and of its second factors, as far as they can be read. */
export interface PoolDescriptions {
  readonly pool: Described;
  readonly client: Described;
  readonly mfa: Described;
}

/**
 * Reads how a user pool and its app client are set up. Never rejects.
 *
 * It needs the actions `cognito-idp:DescribeUserPool`, `cognito-idp:DescribeUserPoolClient` and
 * `cognito-idp:GetUserPoolMfaConfig`.
 *
 * @see https://docs.aws.amazon.com/cognito-user-identity-pools/latest/APIReference/API_DescribeUserPool.html
 */
export async function describePool(options: DescriptionOptions): Promise<PoolDescriptions> {
  const { userPoolId: UserPoolId, clientId: ClientId } = options;
  const [pool, client, mfa] = await Promise.all([
    read("DescribeUserPool", { UserPoolId }, options),
    read("DescribeUserPoolClient", { UserPoolId, ClientId }, options),
    read("GetUserPoolMfaConfig", { UserPoolId }, options),
  ]);
  return {
    pool: within(pool, "UserPool"),
    client: within(client, "UserPoolClient"),
    mfa,
  };
}

function within({ answer, ...rest }: Described, name: string): Described {
  return { ...rest, ...(answer && { answer: structureIn(answer, name) }) };
}

const withoutCredentials = "there are no AWS credentials to read its settings with.";

type Operation = "DescribeUserPool" | "DescribeUserPoolClient" | "GetUserPoolMfaConfig";

/** The thing that an operation describes, by the name of a finding about it, and in a sentence. */
const described = {
  DescribeUserPool: ["user_pool", "The pool", "COGNITO_USER_POOL_ID and COGNITO_REGION"],
  DescribeUserPoolClient: ["app_client", "The app client", "COGNITO_CLIENT_ID"],
  GetUserPoolMfaConfig: ["second_factors", "The pool's second factors", "COGNITO_USER_POOL_ID"],
} as const satisfies Record<Operation, readonly string[]>;

async function read(
  operation: Operation,
  input: object,
  options: DescriptionOptions,
): Promise<Described> {
  const [subject, thing, settings] = described[operation];
  const notChecked = (why: string) => ({
    finding: {
      subject,
      outcome: "not_checked" as const,
      message: `${thing} was not checked: ${why}`,
    },
  });
  if (options.credentials === undefined) return notChecked(withoutCredentials);
  try {
    return { answer: await createSender(options)(operation, input) };
  } catch (error) {
    // As from a chain in which nothing has any.
    if (isIdentityError(error, "provider_misconfigured")) return notChecked(withoutCredentials);
    const name = error instanceof Error ? error.name : "";
    if (name === "ResourceNotFoundException") {
      const message = `${thing} does not exist: see ${settings}.`;
      return { finding: { subject, outcome: "wrong", message } };
    }
    return notChecked(
      /^(?:AccessDenied|NotAuthorized)/.test(name)
        ? `the AWS credentials do not allow cognito-idp:${operation}. Add the action to their policy.`
        : "Cognito did not answer as it should.",
    );
  }
}

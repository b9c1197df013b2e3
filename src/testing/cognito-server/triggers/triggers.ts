import { readableAttributes } from "../../../adapters/memory/users/attributes.ts";
import type { User } from "../../../adapters/memory/users/user.ts";
import type { Directory, UserPool } from "../directory/directory.ts";
import type { PoolConfiguration } from "../pool/pool-configuration.ts";
import type {
  CognitoTrigger,
  CognitoTriggerEvent,
  TriggerName,
} from "../pool/trigger-functions.ts";
import { userStatuses } from "../pool/user-fields.ts";
import { attributeList } from "../users/user-attributes.ts";
import { CognitoException } from "../wire/cognito-exception.ts";
import type { RequestContext } from "../wire/request-context.ts";
import { isMembers, type Members } from "../wire/wire.ts";

/** A call of a trigger. */
export interface TriggerCall {
  readonly trigger: TriggerName;
  /** The end of `triggerSource`. */
  readonly occasion: string;
  /** Nothing, where an administrator calls. */
  readonly clientId: string | undefined;
  readonly userName: string;
  readonly request: Readonly<Record<string, unknown>>;
  /** The response as the function finds it. @default an empty one */
  readonly response?: Readonly<Record<string, unknown>>;
}

/**
 * Calls the function that a pool has for a trigger, and gives its response: an empty one, where there is none.
 *
 * @throws {CognitoException} `UserLambdaValidation` — the function threw: what it said comes after the trigger's name,
 *   as in https://github.com/aws-amplify/amplify-ui/issues/4960
 * @throws {CognitoException} `InvalidLambdaResponse` — it gave back no event
 */
export async function callTrigger(
  { settings, request: answered }: Directory,
  { id, configuration }: UserPool,
  { trigger, occasion, clientId, userName, request, response = {} }: TriggerCall,
): Promise<Members> {
  const arn = arnOf(configuration, trigger);
  const run =
    arn === undefined ? undefined : (settings.functions[arn] ?? settings.triggers[trigger]);
  if (!run) return {};
  const clientMetadata = metadataFor(trigger, answered);
  const event: CognitoTriggerEvent = {
    version: trigger === "PreTokenGeneration" ? versionOf(configuration) : "1",
    region: settings.region,
    userPoolId: id,
    userName,
    triggerSource: `${trigger === "PreTokenGeneration" ? "TokenGeneration" : trigger}_${occasion}`,
    callerContext: {
      awsSdkVersion: "aws-sdk-unknown-unknown",
      clientId: clientId ?? "CLIENT_ID_NOT_APPLICABLE",
    },
    request: structuredClone({ ...request, ...(clientMetadata && { clientMetadata }) }),
    response: structuredClone(response),
  };
  const given = await outputOf(trigger, run, event);
  if (isMembers(given) && isMembers(given.response)) return given.response;
  throw new CognitoException("InvalidLambdaResponse", "Unrecognizable lambda output");
}

/**
 * Gives the metadata that a client sends along, if the trigger is told. A request that begins a sign-in has it for the
 * triggers that take it as `validationData`, and for no other.
 *
 * @see https://docs.aws.amazon.com/cognito-user-identity-pools/latest/APIReference/API_InitiateAuth.html
 * @see https://github.com/localstack/localstack/issues/11687, of the trigger that makes challenges
 */
function metadataFor(
  trigger: TriggerName,
  request: RequestContext | undefined,
): RequestContext["clientMetadata"] {
  const isBeginning = request?.operation.endsWith("InitiateAuth") ?? false;
  return isBeginning || trigger === "CreateAuthChallenge" ? undefined : request?.clientMetadata;
}

/** The one trigger whose event has versions may be named with one, or without. */
function arnOf({ LambdaConfig = {} }: PoolConfiguration, trigger: TriggerName): string | undefined {
  const { PreTokenGenerationConfig } = LambdaConfig;
  const isVersioned = trigger === "PreTokenGeneration" && PreTokenGenerationConfig;
  return isVersioned ? PreTokenGenerationConfig.LambdaArn : LambdaConfig[trigger];
}

function versionOf({ LambdaConfig = {} }: PoolConfiguration): string {
  const { LambdaVersion = "V1_0" } = LambdaConfig.PreTokenGenerationConfig ?? {};
  return LambdaVersion.charAt(1);
}

/** Says of a user what triggers are told: attributes are texts. */
export function triggerAttributes(user: User): Readonly<Record<string, string>> {
  const list = attributeList({ subject: user.subject, attributes: readableAttributes(user) });
  return {
    ...Object.fromEntries(list.map(({ Name, Value }) => [Name, Value])),
    "cognito:user_status": userStatuses[user.status],
  };
}

async function outputOf(
  trigger: TriggerName,
  run: CognitoTrigger,
  event: CognitoTriggerEvent,
): Promise<unknown> {
  try {
    return await run(event);
  } catch (cause) {
    if (cause instanceof CognitoException) throw cause;
    const reason = cause instanceof Error ? cause.message : String(cause);
    const message = `${trigger} failed with error ${reason}.`;
    throw new CognitoException("UserLambdaValidation", message, { cause });
  }
}

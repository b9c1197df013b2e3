import * as z from "zod/mini";
import { characterKinds, nameKinds } from "../../domain/set-up.ts";
import { secretsOf } from "../shared/secrets.ts";
import { isPrivateAddress, isTrustworthyUrl } from "../shared/secure-url.ts";
import {
  defineProvider,
  listOf,
  oneOf,
  onOrOff,
  type ProviderModule,
  type ProviderParts,
  readAs,
  secretList,
  textLike,
  textThat,
  wholeNumber,
} from "../shared/settings.ts";
import { type CognitoFeature, cognitoFeatures, usualFeatures } from "./features.ts";
import { createCognitoIdentityProvider } from "./identity-provider.ts";
import type { PoolCheckOptions, PoolDescriptions } from "./pool-check/pool-check.ts";
import { refreshFlows } from "./sessions/sessions.ts";
import { createKnownSetUp } from "./set-up/known-set-up.ts";
import { isNameKind, readPasswordRules, statedSetUp } from "./set-up/stated-set-up.ts";
import { authFlows, isSignedFlow } from "./sign-in/auth-calls.ts";
import { unconfirmedPolicies } from "./sign-in/unconfirmed-accounts.ts";
import { createTokenParts } from "./token-parts.ts";
import type { AwsCredentials } from "./wire/transport.ts";
import { createCredentialChain } from "./wire/transport-sdk.ts";

export type { CognitoFeature } from "./features.ts";
export {
  type CognitoIdentityProvider,
  type CognitoIdentityProviderOptions,
  createCognitoIdentityProvider,
} from "./identity-provider.ts";
export { computeSecretHash } from "./wire/secret-hash.ts";

const url = () => textThat(isUsable, "must be an https address, or http on this machine");

/** Keys come from there, or from below it: what the key set would refuse is told as a fault of the settings. */
const publicUrl = () =>
  textThat(
    (text) => isUsable(text) && !isPrivateAddress(new URL(text)),
    "must be an https address outside of private networks, or http on this machine",
  );

const fields = () =>
  z.object({
    COGNITO_REGION: textLike(/^[a-z][a-z0-9-]+$/, "must be a Region such as eu-central-1"),
    COGNITO_USER_POOL_ID: textLike(
      /^(?=.{1,55}$)[\w-]+_[0-9a-zA-Z]+$/,
      "must be a pool id such as eu-central-1_example, of at most 55 characters",
    ),
    COGNITO_CLIENT_ID: textLike(/^[\w+]{1,128}$/, "must be an app client's id"),
    COGNITO_CLIENT_SECRET: z.optional(secretList(/^[^\s,]+$/, "must have no white space")),
    COGNITO_AUTH_FLOW: z._default(oneOf(authFlows), "ADMIN_USER_PASSWORD_AUTH"),
    COGNITO_REFRESH_FLOW: z._default(oneOf(refreshFlows), "GET_TOKENS_FROM_REFRESH_TOKEN"),
    COGNITO_FEATURES: z._default(
      listOf(isFeature, `must be a list of ${cognitoFeatures.join(", ")}`),
      [...usualFeatures],
    ),
    COGNITO_CHALLENGE_SECRET: z.optional(
      secretList(/^.{32,}$/, "must have at least 32 characters"),
    ),
    COGNITO_UNCONFIRMED: z._default(oneOf(unconfirmedPolicies), "hidden"),
    COGNITO_PROPAGATE_CALLER_ADDRESS: onOrOff(),
    COGNITO_SIGN_UP: z.optional(oneOf(["open", "closed"])),
    COGNITO_USERNAMES: z.optional(
      listOf(isNameKind, `must be one or more of ${nameKinds.join(", ")}, with commas between`),
    ),
    COGNITO_REQUIRED_ATTRIBUTES: z.optional(
      listOf(Boolean, "must be names of attributes, with commas between"),
    ),
    COGNITO_MFA: z.optional(oneOf(["optional", "required"])),
    COGNITO_PASSWORD_RULES: z.optional(
      readAs(
        readPasswordRules,
        (rules) => rules !== undefined,
        `must be the shortest length, 6 to 99, and any of ${characterKinds.join(", ")}, with commas between`,
      ),
    ),
    COGNITO_ENDPOINT: z.optional(url()),
    COGNITO_ISSUER: z.optional(publicUrl()),
    COGNITO_JWKS_URI: z.optional(publicUrl()),
    COGNITO_TIMEOUT_MS: z.optional(
      wholeNumber(100, 99_999, "must be milliseconds, from 100 to 99999"),
    ),
    COGNITO_CREDENTIALS: z._default(oneOf(["keys", "chain"]), "keys"),
    AWS_ACCESS_KEY_ID: z.optional(z.string()),
    AWS_SECRET_ACCESS_KEY: z.optional(z.string()),
    AWS_SESSION_TOKEN: z.optional(z.string()),
  });

type Fields = z.output<ReturnType<typeof fields>>;

/** Faults between fields are told together with those of single fields, so that one start shows them all. */
const settings = () => fields().check(z.superRefine(checkTogether, { when: () => true }));

/** Amazon Cognito, from the environment. */
export const cognitoFromEnv: ProviderModule = defineProvider(settings, (read, shared) => {
  const credentials = credentialsOf(read);
  const looking = poolCheckOptions(read, credentials);
  const setUp = createKnownSetUp({
    stated: statedSetUp(read),
    features: read.COGNITO_FEATURES,
    describe: () => describeSetUp(looking),
    clock: shared.clock,
  });
  const identity = createCognitoIdentityProvider({
    region: read.COGNITO_REGION,
    userPoolId: read.COGNITO_USER_POOL_ID,
    clientId: read.COGNITO_CLIENT_ID,
    clientSecret: read.COGNITO_CLIENT_SECRET,
    credentials,
    authFlow: read.COGNITO_AUTH_FLOW,
    refreshFlow: read.COGNITO_REFRESH_FLOW,
    features: read.COGNITO_FEATURES,
    challengeSecret: read.COGNITO_CHALLENGE_SECRET,
    unconfirmed: read.COGNITO_UNCONFIRMED,
    propagatesCallerAddress: read.COGNITO_PROPAGATE_CALLER_ADDRESS,
    endpoint: read.COGNITO_ENDPOINT,
    timeoutMs: read.COGNITO_TIMEOUT_MS,
    setUp: setUp.current,
    clock: shared.clock,
    counter: shared.counter,
    upstream: shared.upstream,
    tracer: shared.tracer,
  });
  return {
    identity,
    upstream: identity.upstreamStates,
    checkSetUp: () => checkSetUp(looking, setUp.read()),
    ...createTokenParts({
      ...shared,
      region: read.COGNITO_REGION,
      userPoolId: read.COGNITO_USER_POOL_ID,
      clientId: read.COGNITO_CLIENT_ID,
      endpoint: read.COGNITO_ENDPOINT,
      issuer: read.COGNITO_ISSUER,
      jwksUri: read.COGNITO_JWKS_URI,
    }),
    ...noticeOf(read, credentials),
    ...(read.COGNITO_FEATURES.includes("sign_up_approval") && {
      signUpStatus: "approval_required" as const,
    }),
  };
});

/** Loaded when it is first asked for, as the service itself has no need of it. */
async function checkSetUp(
  options: PoolCheckOptions,
  descriptions: Promise<PoolDescriptions>,
): ReturnType<NonNullable<ProviderParts["checkSetUp"]>> {
  const { checkPool } = await import("./pool-check/pool-check.ts");
  return checkPool(options, descriptions);
}

async function describeSetUp(options: PoolCheckOptions): Promise<PoolDescriptions> {
  const { describePool } = await import("./pool-check/pool-check.ts");
  return describePool(options);
}

function poolCheckOptions(read: Fields, credentials: AwsCredentials | undefined): PoolCheckOptions {
  return {
    region: read.COGNITO_REGION,
    userPoolId: read.COGNITO_USER_POOL_ID,
    clientId: read.COGNITO_CLIENT_ID,
    clientSecrets: secretsOf(read.COGNITO_CLIENT_SECRET),
    credentials,
    authFlow: read.COGNITO_AUTH_FLOW,
    refreshFlow: read.COGNITO_REFRESH_FLOW,
    propagatesCallerAddress: read.COGNITO_PROPAGATE_CALLER_ADDRESS,
    features: read.COGNITO_FEATURES,
    endpoint: read.COGNITO_ENDPOINT,
    timeoutMs: read.COGNITO_TIMEOUT_MS ?? 4_000,
  };
}

const customNotice =
  "Cognito: with custom_challenges, an app client whose PreventUserExistenceErrors is not ENABLED tells who exists.";
const resetNotice =
  "Cognito: without AWS credentials a reset password ends no session: whoever has taken one over stays in, and each reset is logged as sessions_not_ended.";

const sealNotice =
  "Cognito: without COGNITO_CHALLENGE_SECRET or a client secret, challenges end with this process, and no other process takes them.";

function noticeOf(
  read: Fields,
  credentials: AwsCredentials | undefined,
): Pick<ProviderParts, "notice"> {
  const notices = [
    ...(read.COGNITO_FEATURES.includes("custom_challenges") ? [customNotice] : []),
    ...(credentials ? [] : [resetNotice]),
    ...((read.COGNITO_CLIENT_SECRET ?? read.COGNITO_CHALLENGE_SECRET) ? [] : [sealNotice]),
  ];
  return notices.length > 0 ? { notice: notices.join("\n") } : {};
}

function isUsable(text: string): boolean {
  return URL.canParse(text) && isTrustworthyUrl(new URL(text));
}

function isFeature(name: string): name is CognitoFeature {
  const known: readonly string[] = cognitoFeatures;
  return known.includes(name);
}

/** Runs whether or not each field is well by itself, so any of them may be missing. */
function checkTogether(read: Partial<Fields>, context: z.core.$RefinementCtx): void {
  const report = (name: keyof Fields, message: string) =>
    context.addIssue({ code: "custom", path: [name], message });
  const isChain = read.COGNITO_CREDENTIALS === "chain";
  if (isChain && !createCredentialChain) report("COGNITO_CREDENTIALS", noChain);
  const needsKeys =
    !isChain &&
    (isSignedFlow(read.COGNITO_AUTH_FLOW) ||
      read.AWS_ACCESS_KEY_ID !== undefined ||
      read.AWS_SECRET_ACCESS_KEY !== undefined);
  if (needsKeys) {
    for (const name of ["AWS_ACCESS_KEY_ID", "AWS_SECRET_ACCESS_KEY"] as const) {
      if (read[name] === undefined) report(name, "is required");
    }
  }
  if (read.COGNITO_PROPAGATE_CALLER_ADDRESS && read.COGNITO_CLIENT_SECRET === undefined)
    report("COGNITO_CLIENT_SECRET", "is required with COGNITO_PROPAGATE_CALLER_ADDRESS");
  const { COGNITO_REGION: region, COGNITO_USER_POOL_ID: poolId } = read;
  const isElsewhere = read.COGNITO_ENDPOINT !== undefined || read.COGNITO_ISSUER !== undefined;
  if (isElsewhere || typeof poolId !== "string" || region === undefined) return;
  if (!poolId.startsWith(`${region}_`)) {
    report("COGNITO_USER_POOL_ID", "must be of the Region in COGNITO_REGION");
  }
}

const noChain =
  "chain is the AWS SDK's, on Node.js and Bun: set AWS_ACCESS_KEY_ID and AWS_SECRET_ACCESS_KEY here";

function credentialsOf(read: Fields): AwsCredentials | undefined {
  if (read.COGNITO_CREDENTIALS === "chain") return createCredentialChain?.(read.COGNITO_REGION);
  const { AWS_ACCESS_KEY_ID: accessKeyId, AWS_SECRET_ACCESS_KEY: secretAccessKey } = read;
  if (!accessKeyId || !secretAccessKey) return undefined;
  const sessionToken = read.AWS_SESSION_TOKEN;
  return { accessKeyId, secretAccessKey, ...(sessionToken && { sessionToken }) };
}

import { AdminConfirmSignUpCommand } from "@aws-sdk/client-cognito-identity-provider";
import { passkeyVerifier } from "../adapters/webauthn/support.ts";
import { strictFeatures } from "../contract/cognito-strict-harness.ts";
import { makeFullPool, type PoolSetup } from "../contract/cognito-strict-pool.ts";
import { sums } from "../contract/question.ts";
import { awsCredentials } from "../support/cognito-pool.ts";
import { startStrictCognito } from "../support/cognito-strict.ts";
import { type RuntimeName, startRuntime } from "../support/runtimes.ts";
import { strictEnvironment } from "./cognito-environment.ts";
import { serviceClient } from "./families/service-tokens.ts";
import type { World } from "./http-case.ts";
import { lastCode, putIntoGroup, type RunningService, settings } from "./running-service.ts";

const strictPools: Readonly<Record<"open" | "closed", PoolSetup>> = {
  open: {
    pool: {
      Policies: {
        SignInPolicy: {
          AllowedFirstAuthFactors: ["PASSWORD", "EMAIL_OTP", "SMS_OTP", "WEB_AUTHN"],
        },
      },
    },
  },
  closed: {
    mfa: "ON",
    pool: {
      AutoVerifiedAttributes: [],
      UserAttributeUpdateSettings: {},
      Schema: [{ Name: "given_name", AttributeDataType: "String", Required: true }],
    },
  },
};

/** Starts Portico on a pool of the strict server, which runs in this process. */
export async function startOnStrict(runtime: RuntimeName, world: World): Promise<RunningService> {
  const isClosed = world === "closed";
  const issuerBase = "https://strict.test";
  const cognito = await startStrictCognito({
    issuerBase,
    customChallenge: sums,
    passkeys: passkeyVerifier(),
  });
  const { poolId, client } = await makeFullPool(cognito, {
    hidesUsers: true,
    rotationGraceSeconds: 60,
    ...strictPools[isClosed ? "closed" : "open"],
  });
  const { endpoint } = cognito;
  const environment = {
    ...settings,
    ...strictEnvironment({ endpoint, poolId, client, issuerBase }),
    ...strictSettings(isClosed),
  };
  // The service as it is deployed in front of a user pool.
  const { url, output, stop } = await startRuntime(runtime, environment, { bundle: "cognito" });
  return {
    url,
    secrets: [
      client.secret ?? "",
      awsCredentials.secretAccessKey,
      serviceClient.INTROSPECTION_CLIENT_SECRET,
    ],
    async codeFor(username, purpose) {
      return lastCode(cognito.server.outboxOf(poolId).messagesFor(username), purpose);
    },
    async promote(Username) {
      if (isClosed) {
        await cognito.sdk.send(new AdminConfirmSignUpCommand({ UserPoolId: poolId, Username }));
      }
      await putIntoGroup(cognito.sdk, poolId, Username);
    },
    output,
    async stop() {
      const status = await stop();
      await cognito.close();
      return status;
    },
  };
}

function strictSettings(isClosed: boolean): Record<string, string> {
  return {
    // The endpoint is all that it is told: who issues its tokens, and with which keys, is asked for there.
    COGNITO_ISSUER: "",
    COGNITO_JWKS_URI: "",
    COGNITO_REFRESH_FLOW: "GET_TOKENS_FROM_REFRESH_TOKEN",
    COGNITO_FEATURES: [...strictFeatures, ...(isClosed ? ["sign_up_approval"] : [])].join(),
    ...(isClosed && { SIGN_UP_STATUS: "approval_required" }),
  };
}

// Serves all of the service in front of Cognito, as its entry on Node does, with its log where a log costs least.
//   cognito-service.ts <who signs in to what, as JSON>
import { openSync, writeSync } from "node:fs";
import { devNull } from "node:os";
import process from "node:process";
import { serve } from "../../../src/node.ts";
import { createService } from "../../../src/service/service.ts";
import { awsCredentials, cognitoRegion } from "../../support/cognito-pool.ts";
import { answerForServer } from "../answers.ts";
import type { SignInTarget } from "./sign-ins.ts";

const [, , argument = ""] = process.argv;
const target: SignInTarget = JSON.parse(argument);
const log = openSync(devNull, "w");
const environment = {
  IDENTITY_PROVIDER: "cognito",
  COGNITO_ENDPOINT: target.endpoint,
  COGNITO_REGION: cognitoRegion,
  COGNITO_USER_POOL_ID: target.poolId,
  COGNITO_CLIENT_ID: target.clientId,
  COGNITO_CLIENT_SECRET: target.clientSecret,
  // On, but so wide that the load of one user at one address is let through, many at once.
  RATE_LIMITS: [
    "sign_in_by_account_and_address",
    "sign_in_by_everyone",
    "token_refresh_by_token",
    "token_refresh_by_address",
  ]
    .map((policy) => `${policy}=1000000/60`)
    .join(),
  AWS_ACCESS_KEY_ID: awsCredentials.accessKeyId,
  AWS_SECRET_ACCESS_KEY: awsCredentials.secretAccessKey,
};
const service = createService(environment, { print: (line) => writeSync(log, `${line}\n`) });
const { port } = await serve({ fetch: service.fetch, port: 0 });
await answerForServer(port);

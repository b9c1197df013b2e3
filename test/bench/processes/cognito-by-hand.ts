// Serves sign-in and refresh as one writes them by hand: two routes of Hono, the AWS SDK's client, and nothing else.
//   cognito-by-hand.ts <who signs in to what, as JSON>
import process from "node:process";
import {
  AdminInitiateAuthCommand,
  CognitoIdentityProviderClient,
  GetTokensFromRefreshTokenCommand,
} from "@aws-sdk/client-cognito-identity-provider";
import { Hono } from "hono";
import { awsCredentials, cognitoRegion } from "../../support/cognito-pool.ts";
import { serveOnLoopback } from "../hono-server.ts";
import { secretHash } from "../requests.ts";
import type { SignInTarget } from "./sign-ins.ts";

const [, , argument = ""] = process.argv;
const { endpoint, poolId, clientId, clientSecret }: SignInTarget = JSON.parse(argument);
const client = new CognitoIdentityProviderClient({
  endpoint,
  region: cognitoRegion,
  credentials: awsCredentials,
});

const app = new Hono()
  .post("/v1/sign-in", async (c) => {
    const { username, password } = await c.req.json();
    const command = new AdminInitiateAuthCommand({
      UserPoolId: poolId,
      ClientId: clientId,
      AuthFlow: "ADMIN_USER_PASSWORD_AUTH",
      AuthParameters: {
        USERNAME: username,
        PASSWORD: password,
        SECRET_HASH: secretHash(username, clientId, clientSecret),
      },
    });
    return c.json({ tokens: tokensOf(await client.send(command)) });
  })
  .post("/v1/token/refresh", async (c) => {
    const { refresh_token: token } = await c.req.json();
    const command = new GetTokensFromRefreshTokenCommand({
      ClientId: clientId,
      ClientSecret: clientSecret,
      RefreshToken: token,
    });
    return c.json({ tokens: tokensOf(await client.send(command)) });
  });
serveOnLoopback(app);

function tokensOf({
  AuthenticationResult: result,
}: Pick<
  import("@aws-sdk/client-cognito-identity-provider").AdminInitiateAuthCommandOutput,
  "AuthenticationResult"
>) {
  return {
    access_token: result?.AccessToken,
    id_token: result?.IdToken,
    refresh_token: result?.RefreshToken,
    token_type: result?.TokenType,
    expires_in: result?.ExpiresIn,
  };
}

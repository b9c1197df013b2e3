import { createCognitoIdentityProvider } from "../../../src/adapters/cognito/index.ts";
import { awsCredentials, cognitoRegion } from "../../support/cognito-pool.ts";
import type { SignIn, SignInTarget } from "../processes/sign-ins.ts";

export function createSignIn(target: SignInTarget): SignIn {
  const { poolId: userPoolId, username, password, ...app } = target;
  const identity = createCognitoIdentityProvider({
    ...app,
    userPoolId,
    region: cognitoRegion,
    credentials: awsCredentials,
  });
  return async () => {
    const result = await identity.signIn({ username, password });
    return result.status === "signed_in" ? result.tokens.accessToken : undefined;
  };
}

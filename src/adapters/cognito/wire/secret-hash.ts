import { hmacSha256 } from "../../shared/digest.ts";

/**
 * Computes the `SecretHash` that an app client with a secret sends along with a user name.
 *
 * @param username - exactly the user name that is sent; with `REFRESH_TOKEN_AUTH`, which sends none, the `username`
 *   claim of the user's access token
 * @returns base64 of HMAC-SHA256 over user name and client id, keyed by the client's secret
 * @see https://docs.aws.amazon.com/cognito/latest/developerguide/signing-up-users-in-your-app.html#cognito-user-pools-computing-secret-hash
 */
export async function computeSecretHash(
  username: string,
  clientId: string,
  clientSecret: string,
): Promise<string> {
  const message = new TextEncoder().encode(username + clientId);
  return btoa(String.fromCharCode(...(await hmacSha256(clientSecret, message))));
}

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
  const key = await importSecret(clientSecret);
  const message = new TextEncoder().encode(username + clientId);
  const hash = await crypto.subtle.sign("HMAC", key, message);
  return btoa(String.fromCharCode(...new Uint8Array(hash)));
}

/** A process acts for one client as a rule, and importing costs about as much as the hash itself. */
let latest: { readonly secret: string; readonly key: CryptoKey } | undefined;

/** Makes a client's secret a key for HMAC-SHA256. */
export async function importSecret(clientSecret: string): Promise<CryptoKey> {
  if (latest?.secret === clientSecret) return latest.key;
  const algorithm = { name: "HMAC", hash: "SHA-256" };
  const material = new TextEncoder().encode(clientSecret);
  const key = await crypto.subtle.importKey("raw", material, algorithm, false, ["sign", "verify"]);
  latest = { secret: clientSecret, key };
  return key;
}

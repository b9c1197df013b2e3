import { mkdtemp, readFile, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { exportJWK, exportSPKI, generateKeyPair, SignJWT } from "jose";

/** What every contender gets: one issuer, its key and tokens that all of them must accept. */
export interface Fixture {
  readonly userPoolId: string;
  readonly issuer: string;
  readonly clientId: string;
  readonly jwks: { readonly keys: readonly { readonly kty: string; readonly kid: string }[] };
  readonly publicKeyPem: string;
  readonly tokens: readonly string[];
}

/** Enough that a pass over all of them takes a good while, and few enough to be signed in about a second. */
const tokenCount = 2049;

const userPoolId = "eu-west-1_Bench0001";
const clientId = "1example23456789abcdefghij";

/** Reads what {@link withFixture} wrote. */
export async function readFixture(path: string): Promise<Fixture> {
  return JSON.parse(await readFile(path, "utf8"));
}

/** Signs tokens with a new key, lends them as a file, since contenders are processes, and removes it. */
export async function withFixture<T>(work: (path: string) => Promise<T>): Promise<T> {
  const folder = await mkdtemp(join(tmpdir(), "portico-bench-"));
  try {
    const path = join(folder, "fixture.json");
    const fixture = await createFixture("access-key-1", tokenCount);
    await writeFile(path, JSON.stringify(fixture));
    return await work(path);
  } finally {
    await rm(folder, { recursive: true });
  }
}

/** Makes an issuer with one key of that id, and tokens signed with it. */
export async function createFixture(keyId: string, count: number): Promise<Fixture> {
  const { privateKey, publicKey } = await generateKeyPair("RS256", { extractable: true });
  const issuer = `https://cognito-idp.eu-west-1.amazonaws.com/${userPoolId}`;
  const jwk = { ...(await exportJWK(publicKey)), kty: "RSA", kid: keyId, alg: "RS256", use: "sig" };
  // What Cognito would sign: about a thousand characters.
  const now = Math.floor(Date.now() / 1000);
  const signing = Array.from({ length: count }, () =>
    new SignJWT(accessTokenClaims(issuer, clientId, now))
      .setProtectedHeader({ kid: keyId, alg: "RS256" })
      .sign(privateKey),
  );
  return {
    userPoolId,
    issuer,
    clientId,
    jwks: { keys: [jwk] },
    publicKeyPem: await exportSPKI(publicKey),
    tokens: await Promise.all(signing),
  };
}

/** The claims of a user's access token, with ids of their own. */
export function accessTokenClaims(issuer: string, client: string, nowSeconds: number) {
  const subject = crypto.randomUUID();
  return {
    sub: subject,
    "cognito:groups": ["readers", "editors"],
    iss: issuer,
    version: 2,
    client_id: client,
    origin_jti: crypto.randomUUID(),
    event_id: crypto.randomUUID(),
    token_use: "access",
    scope: "openid profile orders/read orders/write",
    auth_time: nowSeconds - 60,
    exp: nowSeconds + 3600,
    iat: nowSeconds - 60,
    jti: crypto.randomUUID(),
    username: subject,
  };
}

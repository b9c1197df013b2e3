import { SignJWT } from "jose/jwt/sign";
import { exportJWK } from "jose/key/export";
import { generateKeyPair } from "jose/key/generate/keypair";
import type { TokenSet } from "../../../src/domain/session.ts";
import type { Clock } from "../../../src/ports/index.ts";
import type { DirectoryUser } from "./identity-provider.ts";

const accessSeconds = 3600;

export interface TokenTerms {
  readonly issuer: string;
  readonly clientId: string;
  readonly clock: Clock;
}

/** Issues access and ID tokens, signed with a key that is made when it is first needed. */
export function createTokenIssuer({ issuer, clientId, clock }: TokenTerms) {
  let made: ReturnType<typeof makeKey> | undefined;
  const key = () => (made ??= makeKey());
  const published = async () => (await key()).published;

  async function issue({ id, username }: DirectoryUser, signedInAt: number): Promise<TokenSet> {
    const { sign } = await key();
    const iat = Math.floor(clock.now() / 1000);
    const times = { iat, exp: iat + accessSeconds, auth_time: Math.floor(signedInAt / 1000) };
    const common = { iss: issuer, sub: id, ...times };
    const access = { ...common, client_id: clientId, token_use: "access", username };
    const [accessToken, idToken] = await Promise.all([
      sign({ ...access, scope: "openid" }),
      sign({ ...common, aud: clientId, token_use: "id" }),
    ]);
    return { accessToken, idToken, tokenType: "Bearer", expiresIn: accessSeconds };
  }

  return { issue, keys: { current: published, refresh: published } };
}

async function makeKey() {
  const { privateKey, publicKey } = await generateKeyPair("RS256");
  const kid = crypto.randomUUID();
  const jwk = { ...(await exportJWK(publicKey)), kty: "RSA", kid, alg: "RS256", use: "sig" };
  return {
    published: { keys: [jwk] },
    sign: (claims: Record<string, unknown>) =>
      new SignJWT(claims).setProtectedHeader({ alg: "RS256", kid }).sign(privateKey),
  };
}

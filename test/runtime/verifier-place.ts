import { expect } from "vitest";
import { createSigner } from "../../src/testing/token-verifier/signer.ts";
import { accessClaims } from "../../src/testing/token-verifier/world.ts";
import { type CognitoUpstream, startCognitoUpstream } from "../support/cognito-upstream.ts";
import { type RuntimeName, startRuntime } from "../support/runtimes.ts";
import { freePort } from "../support/server-process.ts";
import { cognitoEnvironment } from "./cognito-environment.ts";
import { createProbe, type HttpTarget, type Probe } from "./probe.ts";
import { startKeyServer } from "./verifier-key-server.ts";

/** The service as a resource server, with an issuer that signs whatever a test asks for. */
export interface VerifierPlace extends HttpTarget {
  readonly probe: Probe;
  readonly upstream: CognitoUpstream;
  /** Takes the issuer's keys out of reach, or back. They are out of reach at first. */
  readonly setKeysDown: (isDown: boolean) => void;
  /** How often the keys were fetched. */
  keyFetches(): number;
  /** Gives an access token that is good but for the changes; `undefined` takes a claim away. */
  accessToken(
    changes?: Readonly<Record<string, unknown>>,
    header?: Readonly<Record<string, unknown>>,
  ): Promise<string>;
  /** Gives the same of somebody else's making, under the issuer's key id. */
  forgedToken(): Promise<string>;
  stop(): Promise<void>;
}

export const issuer = "https://issuer.example/pool";

/** The scope that administrators have. */
export const adminScope = "users/write";

/** Who may ask about tokens. */
export const introspectionClient = { id: "orders-api", secret: "5".repeat(32) };

const pool = {
  poolId: "us-east-1_Verifier",
  clientId: "verifierclient1",
  clientSecret: "client-secret-never-told",
};

/**
 * Starts the service on a runtime, and what it needs.
 *
 * @param answer - how the keys come, as the key server has it
 */
export async function startVerifierPlace(
  runtime: RuntimeName,
  answer: "good" | "slow" = "good",
): Promise<VerifierPlace> {
  const upstream = await startCognitoUpstream(pool);
  const keyServer = await startKeyServer();
  const [signer, stranger] = await Promise.all([
    createSigner("access-1"),
    createSigner("access-1"),
  ]);
  keyServer.setDown(true);
  const query = new URLSearchParams({ keys: JSON.stringify({ keys: [signer.jwk] }) });
  const keysPath = `/${answer}?${query}`;
  const port = await freePort();
  const place = {
    ...pool,
    endpoint: upstream.endpoint,
    issuer,
    jwksUri: `${keyServer.url}${keysPath}`,
  };
  const service = await startRuntime(
    runtime,
    {
      ...cognitoEnvironment(place),
      ADMIN_SCOPES: adminScope,
      RESOURCE_URL: `http://127.0.0.1:${port}`,
      INTROSPECTION_CLIENT_ID: introspectionClient.id,
      INTROSPECTION_CLIENT_SECRET: introspectionClient.secret,
      LOG_LEVEL: "debug",
    },
    { port },
  );
  const target: HttpTarget = {
    url: service.url,
    secrets: [pool.clientSecret, introspectionClient.secret],
    codeFor: async () => expect.fail("nothing is sent here"),
    promote: async () => expect.fail("nobody signs up here"),
    output: service.output,
  };
  return {
    ...target,
    probe: createProbe(target),
    upstream,
    setKeysDown: keyServer.setDown,
    keyFetches: () => keyServer.hits(keysPath),
    accessToken: (changes, header) => signer.sign(currentClaims(changes), header),
    forgedToken: () => stranger.sign(currentClaims()),
    async stop() {
      await service.stop();
      await Promise.all([keyServer.stop(), upstream.stop()]);
    },
  };
}

function currentClaims(changes: Readonly<Record<string, unknown>> = {}) {
  const now = Math.floor(Date.now() / 1000);
  return accessClaims({
    iss: issuer,
    client_id: pool.clientId,
    auth_time: now - 60,
    iat: now - 60,
    exp: now + 300,
    jti: crypto.randomUUID(),
    ...changes,
  });
}

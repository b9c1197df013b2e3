import {
  type BearerOptions,
  createDpopVerifier,
  createJwtVerifier,
  type DpopVerifierOptions,
  type JwtVerifierOptions,
} from "../../../../src/jwt.ts";
import {
  ContractFailure,
  describeError,
  expectEqual,
  expectThat,
} from "../../../../src/testing/expectations.ts";
import {
  accessClaims,
  clientId,
  issuer,
  keySetOf,
  nowSeconds,
  signers,
} from "../../../../src/testing/token-verifier/world.ts";
import type { Api } from "../protected-apis.ts";
import { type Client, createClient, digest } from "./client.ts";

/** Protects something, in any of the ways there are. It answers the subject of the token. */
export type Protect = (options: BearerOptions) => Api;

/** One thing that holds of proofs, as plain data: it asks for no test runner, and for nothing but web standards. */
export interface DpopCase {
  /** The line of the checklist or the part of RFC 9449 that it is from, a colon and a sentence. */
  readonly name: string;
  run(protect: Protect): Promise<void>;
}

export const publicUrl = "https://api.example.com";
export const algorithms = "ES256 ES384 EdDSA Ed25519 PS256 RS256";

/** What differs from an honest request. */
export interface Sent {
  readonly client?: Client;
  readonly header?: Readonly<Record<string, unknown>>;
  readonly claims?: Readonly<Record<string, unknown>>;
  /** In the place of the proof that would be made: `[]` for none, several for several headers. */
  readonly proofs?: readonly string[];
  readonly token?: string;
  readonly authorization?: string;
  readonly method?: string;
  readonly url?: string;
}

/** What came back. */
export interface Answer {
  readonly status: number;
  readonly text: string;
  readonly code: unknown;
  readonly challenge: string;
  readonly headers: Headers;
}

/** An API that takes bound tokens, and a client of it. */
export interface World {
  readonly client: Client;
  /** Can be moved. */
  readonly clock: { time: number; now(): number };
  readonly refusals: unknown[];
  ask(sent?: Sent): Promise<Answer>;
  proof(sent?: Sent): Promise<string>;
  token(changes?: Readonly<Record<string, unknown>>): Promise<string>;
}

/** How an API differs from the usual one. */
export interface WorldOptions {
  readonly dpop?: Partial<DpopVerifierOptions>;
  readonly bearer?: Partial<BearerOptions>;
  readonly verifier?: Partial<JwtVerifierOptions>;
  readonly client?: Client;
}

let usualClient: Promise<Client> | undefined;

/** Starts an API. */
export async function createWorld(protect: Protect, options: WorldOptions = {}): Promise<World> {
  usualClient ??= createClient();
  const client = options.client ?? (await usualClient);
  const [issuing] = await signers();
  const clock = { time: nowSeconds * 1000, now: () => clock.time };
  const keys = keySetOf(issuing.jwk);
  const verifier = createJwtVerifier({
    issuer,
    clientIds: [clientId],
    keys,
    clock,
    ...options.verifier,
  });
  const dpop = createDpopVerifier({ verifier, publicUrl, clock, ...options.dpop });
  const refusals: unknown[] = [];
  const onRefusal = (error: unknown) => refusals.push(error);
  const api = protect({ verifier, dpop, onRefusal, ...options.bearer });

  function token(changes: Readonly<Record<string, unknown>> = {}): Promise<string> {
    return issuing.sign(accessClaims({ cnf: { jkt: client.thumbprint }, ...changes }));
  }

  async function proof(sent: Sent = {}): Promise<string> {
    const { algorithm: alg, jwk, sign } = sent.client ?? client;
    const { pathname } = new URL(sent.url ?? `${publicUrl}/orders`);
    const header = { typ: "dpop+jwt", alg, jwk, ...sent.header };
    return sign(header, {
      jti: crypto.randomUUID(),
      htm: sent.method ?? "GET",
      htu: publicUrl + pathname,
      iat: clock.time / 1000,
      ath: await digest(sent.token ?? ""),
      ...sent.claims,
    });
  }

  async function ask(sent: Sent = {}): Promise<Answer> {
    const { method = "GET", url = `${publicUrl}/orders` } = sent;
    const shown = sent.token ?? (await token());
    const headers = new Headers({ Authorization: sent.authorization ?? `DPoP ${shown}` });
    const proofs = sent.proofs ?? [await proof({ ...sent, token: shown })];
    for (const each of proofs) headers.append("DPoP", each);
    return read(await api(new Request(url, { method, headers })));
  }

  return { client, clock, refusals, ask, proof, token };
}

async function read(response: Response): Promise<Answer> {
  const { status, headers } = response;
  const text = await response.text();
  const code = status >= 400 && text !== "" ? JSON.parse(text).code : undefined;
  return { status, text, code, headers, challenge: headers.get("WWW-Authenticate") ?? "" };
}

/** Expects that a request got through. */
export function expectTaken(answer: Answer, what = "the request"): void {
  expectEqual(`the answer to ${what}`, [answer.status, answer.challenge], [200, ""]);
}

/** Expects that a proof was refused, and that nothing else is told. */
export function expectRefused(answer: Answer, what = "the request"): void {
  const challenge = `DPoP realm="api", error="invalid_dpop_proof", algs="${algorithms}"`;
  const told = [answer.status, answer.code, answer.challenge];
  expectEqual(`the answer to ${what}`, told, [401, "invalid_token", challenge]);
  expectThat("nobody keeps the answer", answer.headers.get("Cache-Control") === "no-store");
}

/** Makes a case. */
export function dpopCase(name: string, run: DpopCase["run"]): DpopCase {
  return {
    name,
    async run(protect) {
      try {
        await run(protect);
      } catch (error) {
        const told = error instanceof ContractFailure ? error.message : describeError(error);
        throw new ContractFailure(`${name}\n  ${told}`, { cause: error });
      }
    },
  };
}

/** Makes a case of a request that is refused for its proof alone. */
export function refusedCase(name: string, make: (world: World) => Promise<Sent> | Sent): DpopCase {
  return dpopCase(name, async (protect) => {
    const world = await createWorld(protect);
    expectRefused(await world.ask(await make(world)));
    expectTaken(await world.ask(), "an honest request afterwards");
  });
}

import { createSkewableClock } from "../../adapters/memory/faults/faults.ts";
import type { MemoryIdentityProviderOptions, Snapshot } from "../../adapters/memory/index.ts";
import type { Clock, Outbox } from "../../ports/index.ts";
import { createDirectory, type Directory, poolOf } from "./directory/directory.ts";
import { saveDirectory } from "./directory/saved-world.ts";
import { answerDocument } from "./documents.ts";
import { operations } from "./operations.ts";
import type { CognitoTrigger, TriggerName } from "./pool/trigger-functions.ts";
import { CognitoException } from "./wire/cognito-exception.ts";
import { answerPreflight, letPagesRead } from "./wire/cors.ts";
import { type CognitoFaults, createFaults } from "./wire/faults.ts";
import {
  answer,
  answerError,
  operationNameOf,
  readMembers,
  requireSignature,
} from "./wire/wire.ts";

/** The options of {@link createCognitoServer}. */
export interface CognitoServerOptions
  extends Pick<
    MemoryIdentityProviderOptions,
    | "clock"
    | "randomBytes"
    | "hashIterations"
    | "signingKeys"
    | "onMessage"
    | "limits"
    | "customChallenge"
    | "passkeys"
    | "pause"
    | "maxUsers"
  > {
  /** The Region, which pool ids begin with. @default "us-east-1" */
  readonly region?: string;
  /**
   * The beginning of the issuer of a pool's tokens; the pool's id follows. Key set and discovery are at this server,
   * below that id. A function is asked when a pool is made.
   *
   * @default Amazon Cognito's own for the Region
   */
  readonly issuerBase?: string | (() => string);
  /**
   * The functions that the triggers of pools call, by the ARN that `LambdaConfig` names. A pool with a trigger that
   * nothing was given for is refused.
   *
   * @default none
   */
  readonly functions?: Readonly<Record<string, CognitoTrigger>>;
  /**
   * The functions that triggers of pools call whose ARN is none of {@link functions}, by the name of the trigger in
   * `LambdaConfig`.
   *
   * @default none
   */
  readonly triggers?: Readonly<Partial<Record<TriggerName, CognitoTrigger>>>;
  /** Is told of what is answered as an `InternalErrorException`: a fault of this server's. */
  readonly onFault?: (error: unknown) => void;
}

/** A server that speaks Cognito's protocol. */
export interface CognitoServer {
  /** Answers a request: any host that serves `fetch` handlers can listen for it. */
  readonly fetch: (request: Request) => Promise<Response>;
  /** Gives the messages that were sent to the users of a pool. */
  outboxOf(poolId: string): Outbox;
  /** Lets requests go wrong. */
  readonly faults: CognitoFaults;
  /** Signs the tokens of a pool with new keys from now on. The old ones are published as long as a token of theirs can live. */
  rotateKeysOf(poolId: string): void;
  /** Sets how far the server's clock is off, ahead or, with a negative number, behind. */
  skewClock(seconds: number): void;
  /**
   * Remembers every pool, client, user, session, code and counter as they are now. Only with no request under way.
   * Faults and the clock are no part of it.
   */
  snapshot(): Snapshot;
  /** Brings back what was remembered, any number of times. Only with no request under way. */
  restore(snapshot: Snapshot): void;
}

/**
 * Makes a server that answers as Amazon Cognito user pools do, over users in memory, so that the official SDKs can be
 * pointed at it. It checks what Cognito checks: secret hashes, allowed flows, sessions, policies, tokens, and the
 * constraints of the API. What it would have to keep without honouring it, it refuses.
 *
 * Of AWS credentials it only asks that there are some: no signature is verified.
 *
 * @example
 * const server = createCognitoServer();
 * const { port } = await serve({ fetch: server.fetch, port: 9230 });
 * const client = new CognitoIdentityProviderClient({ endpoint: `http://127.0.0.1:${port}`, region, credentials });
 */
export function createCognitoServer(options: CognitoServerOptions = {}): CognitoServer {
  const { region = "us-east-1", randomBytes = systemRandom, ...rest } = options;
  const { onFault = () => undefined, clock: trueClock = Date, ...others } = rest;
  const clock = createSkewableClock(trueClock);
  const {
    functions = {},
    triggers = {},
    issuerBase = `https://cognito-idp.${region}.amazonaws.com`,
    ...engine
  } = others;
  const directory = createDirectory({
    region,
    clock,
    randomBytes,
    functions,
    triggers,
    issuerBase: typeof issuerBase === "function" ? issuerBase : () => issuerBase,
    engine,
  });
  const { meet, ...faults } = createFaults();

  async function serve(request: Request): Promise<Response> {
    try {
      const work = async () =>
        (await answerDocument(directory, request)) ?? (await operate(directory, request));
      return await meet(operationNameOf(request), work);
    } catch (error) {
      if (!(error instanceof CognitoException)) onFault(error);
      return answerError(error);
    }
  }

  return {
    faults,
    rotateKeysOf: (poolId) => poolOf(directory, poolId).engine.rotateKeys(),
    skewClock: clock.skew,
    snapshot: () => ({ restore: saveDirectory(directory) }),
    restore: (snapshot) => snapshot.restore(),
    fetch: async (request) =>
      answerPreflight(request) ?? letPagesRead(request, dated(await serve(request), clock)),
    outboxOf: (poolId) => ({
      messagesFor: (username) => poolOf(directory, poolId).engine.courier.messagesFor(username),
    }),
  };
}

async function operate(directory: Directory, request: Request): Promise<Response> {
  const name = operationNameOf(request) ?? "";
  const operation = operations.get(name);
  if (!operation || request.method !== "POST") throw new CognitoException("UnknownOperation", "");
  if (operation.isSigned) requireSignature(request);
  const context = { ...directory, request: { operation: name } };
  return answer(await operation.run(context, await readMembers(request)));
}

/** Tells the time of the answer as Amazon does: by the clock that tokens are dated by. */
function dated(response: Response, clock: Clock): Response {
  response.headers.set("date", new Date(clock.now()).toUTCString());
  return response;
}

function systemRandom(length: number): Uint8Array<ArrayBuffer> {
  return crypto.getRandomValues(new Uint8Array(length));
}

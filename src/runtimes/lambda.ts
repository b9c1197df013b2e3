import process from "node:process";
import type { Hono } from "hono";
import { handle } from "hono/aws-lambda";
import type { Environment } from "../adapters/shared/settings.ts";
import type { Connection } from "../http/environment.ts";
import { unreadRequestResponse } from "../http/exchange/unread-request.ts";
import { misconfigured } from "../http/problem.ts";
import { createLazyPasskeyVerifier } from "../service/lazy-passkeys.ts";
import { createService } from "../service/service.ts";
import { SettingsError } from "../service/settings.ts";
import { createLazyTracer } from "../service/telemetry/lazy-tracer.ts";
import { withEachCookie } from "./lambda-cookies.ts";
import { readEvent } from "./lambda-events.ts";
import { createLineOutput, type LineOutput } from "./node-output.ts";

/** The answer to an event, in the form that whoever sent it takes. */
export interface LambdaResult {
  readonly statusCode: number;
  /** Of function URLs and HTTP APIs, and of what has no lists. */
  readonly headers?: Readonly<Record<string, string>>;
  /** Of REST APIs and load balancers. */
  readonly multiValueHeaders?: Readonly<Record<string, readonly string[]>>;
  /** Of function URLs and HTTP APIs: each cookie that is set. */
  readonly cookies?: readonly string[];
  readonly body: string;
  readonly isBase64Encoded: boolean;
}

/** A handler of AWS Lambda, for HTTP events. */
export type LambdaHandler = (event: unknown, context?: unknown) => Promise<LambdaResult>;

/** The options of {@link createLambdaHandler}. */
export interface LambdaOptions {
  /** Answers a request: `createApp(ports).fetch`. It is told who called. */
  readonly fetch: (request: Request, connection: Connection) => Response | Promise<Response>;
  /**
   * Whether proxies stand before the place that the events come from, so that the address of that place's peer is one of
   * theirs, and `trustedProxies` of the app is to find who called. @default false: its peer is who called
   */
  readonly isBehindProxies?: boolean;
  /** Ends when the work is done that no answer waited for: whatever is left is frozen with the instance. */
  readonly settled?: () => Promise<void>;
}

/**
 * Makes a handler for the events of function URLs, API Gateway (HTTP and REST APIs) and Application Load Balancers.
 *
 * @returns a handler that throws {@link TypeError} for events that are none of HTTP
 * @example
 * export const handler = createLambdaHandler({ fetch: createApp(ports).fetch });
 */
export function createLambdaHandler(options: LambdaOptions): LambdaHandler {
  const { fetch, isBehindProxies = false, settled } = options;
  return async (given) => {
    const { event, peer, isMalformed } = readEvent(given);
    const connection = isBehindProxies ? { peer: () => peer } : { caller: () => peer };
    let cookies: readonly string[] = [];
    const answer = async (request: Request) => {
      const response = await (isMalformed
        ? unreadRequestResponse(400)
        : fetch(request, connection));
      cookies = response.headers.getSetCookie();
      return response;
    };
    try {
      // All that the adapter asks of an app.
      const result = await handle({ fetch: answer } as unknown as Hono)(event);
      return withEachCookie(result as unknown as LambdaResult, cookies);
    } finally {
      await settled?.();
    }
  };
}

let serving: LambdaHandler | undefined;

/**
 * The service as a function: its settings are the function's environment variables. It is put together once for each
 * instance, at the first event.
 */
export const handler: LambdaHandler = (event, context) => {
  serving ??= createServing(process.env);
  return serving(event, context);
};

function createServing(environment: Environment): LambdaHandler {
  const output = createLineOutput(1);
  try {
    const service = createService(environment, {
      isHosted: true,
      print: output.print,
      passkeys: createLazyPasskeyVerifier,
      makeTracer: createLazyTracer,
    });
    for (const notice of noticesOf(environment)) console.warn(notice);
    return createLambdaHandler({
      fetch: service.fetch,
      isBehindProxies: Boolean(environment.TRUSTED_PROXIES),
      settled: () => settle(service, output),
    });
  } catch (error) {
    if (!(error instanceof SettingsError)) throw error;
    console.error(error.message);
    return createLambdaHandler({ fetch: misconfigured });
  }
}

/** Sends and writes all that is left, since the instance is frozen once its event is answered. */
async function settle(
  service: Pick<ReturnType<typeof createService>, "settled">,
  output: LineOutput,
): Promise<void> {
  await service.settled();
  output.end();
}

/** Settings of a server that listens: here the platform does. */
const unread = ["HOST", "PORT", "MAX_CONNECTIONS", "MAX_CONNECTIONS_PER_PEER"];

function noticesOf(environment: Environment): readonly string[] {
  const set = unread.filter((name) => environment[name] !== undefined && environment[name] !== "");
  return [
    ...(set.length > 0
      ? [`Without effect on Lambda, which listens itself: ${set.join(", ")}.`]
      : []),
    ...(environment.IDENTITY_PROVIDER === "memory"
      ? ["WARNING: users in memory are those of one instance, and end with it."]
      : []),
    ...(environment.SHARED_STATE === undefined || environment.SHARED_STATE === "memory"
      ? [
          "Limits and sign-outs are counted by each instance for itself: set SHARED_STATE=redis for one count.",
        ]
      : []),
  ];
}

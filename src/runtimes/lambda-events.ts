import type { LambdaEvent } from "hono/aws-lambda";

/** The parts of an HTTP event that the service looks at, wherever that comes from. */
interface HttpEvent {
  readonly headers?: Readonly<Record<string, string | undefined>>;
  readonly multiValueHeaders?: Readonly<Record<string, readonly string[] | undefined>>;
  readonly body?: string | null;
  readonly path?: string;
  readonly rawPath?: string;
  readonly requestContext?: {
    readonly domainName?: string;
    readonly stage?: string;
    readonly http?: { readonly method?: string; readonly sourceIp?: string };
    readonly identity?: { readonly sourceIp?: string };
    readonly elb?: object;
  };
  readonly httpMethod?: string;
}

/** An event of HTTP, in the form that the adapter takes, and the address of who called. */
export interface ReadEvent {
  readonly event: LambdaEvent;
  /** The address at the other end of the connection, which may be a proxy's. */
  readonly peer: string | undefined;
  /** Whether it names a host that none could be, so that no request can be made of it. */
  readonly isMalformed: boolean;
}

/**
 * Reads an event of a function URL, of API Gateway (HTTP and REST APIs) or of an Application Load Balancer. A stage that an
 * HTTP API puts before the path is taken off, and so is a body that a request cannot have.
 *
 * @throws {TypeError} for any other event
 * @see https://docs.aws.amazon.com/lambda/latest/dg/urls-invocation.html#urls-payloads
 * @see https://docs.aws.amazon.com/apigateway/latest/developerguide/http-api-develop-integrations-lambda.html
 * @see https://docs.aws.amazon.com/elasticloadbalancing/latest/application/lambda-functions.html
 */
export function readEvent(given: unknown): ReadEvent {
  const event: HttpEvent = Object(given);
  const context = event.requestContext;
  const method = context?.http?.method ?? event.httpMethod;
  const path = event.rawPath ?? event.path;
  if (!context || method === undefined || path === undefined) throw new TypeError(noHttp);
  const isBodiless = method === "GET" || method === "HEAD";
  const place = addressable(event.rawPath === undefined ? path : withoutStage(path, context.stage));
  const read = {
    ...event,
    ...(event.rawPath === undefined ? { path: place } : { rawPath: place }),
    ...(isBodiless && { body: null }),
  };
  const isMalformed = !isHost(hostOf(event));
  const made = isMalformed ? { ...read, ...nowhere } : read;
  // The type says more of events than is looked at.
  return { event: made as unknown as LambdaEvent, peer: peerOf(event), isMalformed };
}

/** The headers of an event that the adapter can read, in place of some that it cannot. */
const nowhere = { headers: { host: "malformed.invalid" }, multiValueHeaders: undefined };

function hostOf({ requestContext: context, headers, multiValueHeaders }: HttpEvent): string {
  return context?.domainName ?? headers?.host ?? multiValueHeaders?.host?.[0] ?? "";
}

/** The address of a request begins with it: whatever else is in it would go before the path, which others have judged by then. */
function isHost(text: string): boolean {
  return !/[\s/?#@\\]/.test(text) && URL.canParse(`https://${text}`);
}

const noHttp =
  "This is no HTTP event: the handler is for a function URL, API Gateway or an Application Load Balancer.";

/** The stage of an HTTP API is a part of the path that nobody asked for. */
function withoutStage(path: string, stage: string | undefined): string {
  const prefix = `/${stage}`;
  const isPrefixed = path === prefix || path.startsWith(`${prefix}/`);
  if (stage === undefined || stage === "$default" || !isPrefixed) return path;
  return path.slice(prefix.length) || "/";
}

/** Some of these paths come decoded: what would end the path of an address is a character of a name then. */
function addressable(path: string): string {
  return path.replaceAll("?", "%3F").replaceAll("#", "%23").replaceAll("\\", "%5C");
}

/** A load balancer tells who called by the last address of the header that it adds to, and by nothing else. */
function peerOf({
  requestContext: context,
  headers,
  multiValueHeaders,
}: HttpEvent): string | undefined {
  if (!context?.elb) return context?.http?.sourceIp ?? context?.identity?.sourceIp;
  const name = "x-forwarded-for";
  const forwarded = headers?.[name] ?? multiValueHeaders?.[name]?.join(",") ?? "";
  return forwarded.split(",").at(-1)?.trim() || undefined;
}

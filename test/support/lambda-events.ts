/** A request, as a browser or a program would send it to a function. */
export interface SentRequest {
  readonly method: string;
  readonly path: string;
  readonly headers?: Readonly<Record<string, string>>;
  readonly body?: string;
  readonly cookies?: readonly string[];
}

/** The address that all of them come from. */
export const sourceIp = "203.0.113.7";

const host = "id.example.com";

/** An event of a function URL, or of an HTTP API, which are of one form: the cookies apart, bodies in Base64. */
export function functionUrlEvent(request: SentRequest): object {
  return payloadV2(request, "$default", base64(request.body ?? ""), true);
}

/** An event of an HTTP API with a stage, which stands before the path. */
export function httpApiEvent(request: SentRequest): object {
  return payloadV2(request, "prod", request.body, false);
}

function payloadV2(
  { method, path, headers = {}, body, cookies }: SentRequest,
  stage: string,
  written: string | undefined,
  isBase64Encoded: boolean,
): object {
  const { pathname, search } = new URL(path, `https://${host}`);
  const rawPath = stage === "$default" ? pathname : `/${stage}${pathname}`;
  return {
    version: "2.0",
    routeKey: "$default",
    rawPath,
    rawQueryString: search.slice(1),
    ...(cookies && cookies.length > 0 && { cookies }),
    headers: {
      host,
      "x-forwarded-for": sourceIp,
      "x-forwarded-port": "443",
      "x-forwarded-proto": "https",
      ...headers,
    },
    requestContext: {
      accountId: "anonymous",
      apiId: "abcdefghij",
      domainName: host,
      domainPrefix: "id",
      http: { method, path: rawPath, protocol: "HTTP/1.1", sourceIp, userAgent: "test" },
      requestId: "e1b3c1a0-2b6b-4d2a-9b0e-6f9b1f0a3a11",
      routeKey: "$default",
      stage,
      time: "12/Mar/2026:19:03:58 +0000",
      timeEpoch: 1_773_342_238_000,
    },
    ...(body !== undefined && { body: written }),
    isBase64Encoded: body !== undefined && isBase64Encoded,
  };
}

/** An event of a REST API: headers and the parts of the query twice, once in lists. */
export function restApiEvent({ method, path, headers = {}, body, cookies }: SentRequest): object {
  const { pathname, searchParams } = new URL(path, `https://${host}`);
  const all: Record<string, string> = {
    Host: host,
    "X-Forwarded-For": `${sourceIp}, 130.176.1.1`,
    ...headers,
    ...(cookies && cookies.length > 0 && { Cookie: cookies.join("; ") }),
  };
  return {
    resource: "/{proxy+}",
    path: pathname,
    httpMethod: method,
    headers: all,
    multiValueHeaders: inLists(all),
    queryStringParameters: Object.fromEntries(searchParams),
    multiValueQueryStringParameters: inLists(Object.fromEntries(searchParams)),
    pathParameters: { proxy: pathname.slice(1) },
    stageVariables: null,
    requestContext: {
      accountId: "111122223333",
      apiId: "abcdefghij",
      domainName: host,
      httpMethod: method,
      identity: { sourceIp, userAgent: "test" },
      path: `/prod${pathname}`,
      protocol: "HTTP/1.1",
      requestId: "c6af9ac6-7b61-11e6-9a41-93e8deadbeef",
      resourcePath: "/{proxy+}",
      stage: "prod",
    },
    body: body ?? null,
    isBase64Encoded: false,
  };
}

/** An event of an Application Load Balancer whose target group has values in lists. */
export function loadBalancerEvent(request: SentRequest) {
  const { method, path, headers = {}, body = "", cookies } = request;
  const { pathname, search } = new URL(path, `https://${host}`);
  // Not decoded, other than those of API Gateway.
  const pairs = search.slice(1).split("&").filter(Boolean);
  const query = Object.fromEntries(pairs.map((pair) => pair.split("=", 2)));
  const all: Record<string, string> = {
    host,
    // Whoever calls may have sent one of their own: the load balancer adds to it.
    "x-forwarded-for": `198.51.100.99, ${sourceIp}`,
    ...headers,
    ...(cookies && cookies.length > 0 && { cookie: cookies.join("; ") }),
  };
  return {
    requestContext: {
      elb: {
        targetGroupArn:
          "arn:aws:elasticloadbalancing:us-east-1:111122223333:targetgroup/portico/49e9d65c45c6791a",
      },
    },
    httpMethod: method,
    path: pathname,
    multiValueQueryStringParameters: inLists(query),
    multiValueHeaders: inLists(all),
    body: base64(body),
    isBase64Encoded: true,
  };
}

/** An event of a load balancer as its target group is made: each header has one value, and answers may have no other. */
export function plainLoadBalancerEvent(request: SentRequest): object {
  const { multiValueHeaders, multiValueQueryStringParameters, ...event } =
    loadBalancerEvent(request);
  return {
    ...event,
    headers: firstOfEach(multiValueHeaders),
    queryStringParameters: firstOfEach(multiValueQueryStringParameters),
  };
}

function firstOfEach(lists: Readonly<Record<string, readonly string[]>>): object {
  return Object.fromEntries(Object.entries(lists).map(([name, [first]]) => [name, first]));
}

function base64(text: string): string {
  return Buffer.from(text).toString("base64");
}

function inLists(values: Readonly<Record<string, string>>): Record<string, readonly string[]> {
  return Object.fromEntries(Object.entries(values).map(([name, value]) => [name, [value]]));
}

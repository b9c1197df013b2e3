import { once } from "node:events";
import { createServer } from "node:http";

/** A span as an endpoint of OTLP gets it. */
export interface ReceivedSpan {
  readonly traceId: string;
  readonly spanId: string;
  readonly parentSpanId?: string;
  readonly name: string;
  readonly kind: number;
  readonly attributes: Readonly<Record<string, unknown>>;
  readonly status?: { readonly code?: number };
}

interface SentSpan extends Omit<ReceivedSpan, "attributes"> {
  readonly attributes?: readonly {
    readonly key: string;
    readonly value: Readonly<Record<string, unknown>>;
  }[];
}

interface Sent {
  readonly resourceSpans: readonly {
    readonly scopeSpans: readonly {
      readonly scope: { readonly name: string };
      readonly spans: readonly SentSpan[];
    }[];
  }[];
}

/**
 * An endpoint that takes traces as OTLP over HTTP in JSON, and keeps those of the service.
 *
 * @see https://opentelemetry.io/docs/specs/otlp/#otlphttp
 */
export async function startOtlpServer() {
  const spans: ReceivedSpan[] = [];
  let text = "";
  const server = createServer(async (request, response) => {
    let body = "";
    for await (const part of request.setEncoding("utf8")) body += part;
    text += body;
    const { resourceSpans }: Sent = JSON.parse(body);
    const scopes = resourceSpans.flatMap(({ scopeSpans }) => scopeSpans);
    const own = scopes.filter(({ scope }) => scope.name === "portico");
    spans.push(...own.flatMap((scope) => scope.spans).map(spanOf));
    response.writeHead(200, { "content-type": "application/json" }).end("{}");
  });
  server.listen(0, "127.0.0.1");
  await once(server, "listening");
  const address = server.address();
  if (address === null || typeof address === "string") throw new Error("no port was given");
  return {
    url: `http://127.0.0.1:${address.port}`,
    spans,
    /** All that came, as it came. */
    text: () => text,
    async close() {
      server.closeAllConnections();
      server.close();
      await once(server, "close");
    },
  };
}

function spanOf({ attributes = [], ...span }: SentSpan): ReceivedSpan {
  const named = attributes.map(({ key, value }) => [key, Object.values(value)[0]]);
  return { ...span, attributes: Object.fromEntries(named) };
}

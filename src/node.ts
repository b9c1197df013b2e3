import type { IncomingMessage, Server, ServerResponse } from "node:http";
import type { AddressInfo } from "node:net";
import { serve as listen } from "@hono/node-server";
import { noteCountedBody } from "./http/request/counted-body.ts";
import { answerUnreadRequests, boundConnections } from "./runtimes/node-connections.ts";
import { countDroppedConnections, type DroppedConnections } from "./service/dropped-connections.ts";

/** The options of {@link serve}. */
export interface ServeOptions {
  /** Answers a request: `createApp(ports).fetch`. It is told of the connection as well. */
  readonly fetch: (request: Request, connection: NodeConnection) => Response | Promise<Response>;
  /** @default "127.0.0.1" */
  readonly host?: string;
  /** 0 picks a free one. @default 8080 */
  readonly port?: number;
  /**
   * The most connections at once. Beyond them one is closed unanswered: of those that say nothing the oldest, and where a
   * request is under way on each, the new one. @default 1000
   */
  readonly maxConnections?: number;
  /** The most connections of one peer at once, where an IPv6 network `/64` is one peer. @default a quarter of all */
  readonly maxConnectionsPerPeer?: number;
  /** Tells a proxy by its address: it may have as many connections as there may be. @default nobody is one */
  readonly isProxy?: (peer: string) => boolean;
  /** Is told of connections that were closed since there were too many: of the first at once, then at most once a minute how many more. @default nobody is told */
  readonly onDroppedConnections?: (count: number) => void;
}

/** The connection that a request came over. */
export interface NodeConnection {
  /** Gives the address of who is at the other end, which may be a proxy. */
  readonly peer: () => string | undefined;
}

/** A server that listens. */
export interface RunningServer {
  /** The port that it listens on. */
  readonly port: number;
  /** How many connections were closed so far as there were too many. */
  readonly droppedConnections: number;
  /** Takes no new connections, and ends when the requests in flight are answered. */
  close(): Promise<void>;
}

/**
 * Listens on Node.js, with limits that a slow or greedy client runs into: 10 s for the headers, 15 s for the whole
 * request, 1,000 connections unless told otherwise, and a quarter of them for one peer. An idle connection is kept for 65 s, as the one who opened it should be the first to give it
 * up: a load balancer that sends a request while the server closes answers 502 (60 s is the default of AWS's
 * Application Load Balancer:
 * https://docs.aws.amazon.com/elasticloadbalancing/latest/application/edit-load-balancer-attributes.html).
 *
 * @throws {Error} when the address is in use or not ours
 */
export function serve(options: ServeOptions): Promise<RunningServer> {
  const { fetch, host = "127.0.0.1", port = 8080, maxConnections = 1_000 } = options;
  const { maxConnectionsPerPeer = Math.ceil(maxConnections / 4), isProxy = () => false } = options;
  const dropped = countDroppedConnections((count) => options.onDroppedConnections?.(count));
  return new Promise((resolve, reject) => {
    const server = listen(
      {
        fetch(request, { incoming }) {
          if (isCounted(incoming.headers)) noteCountedBody(request);
          return fetch(request, { peer: () => incoming.socket?.remoteAddress });
        },
        hostname: host,
        port,
        serverOptions: {
          headersTimeout: 10_000,
          requestTimeout: 15_000,
          // Else both are looked after twice a minute only.
          connectionsCheckingInterval: 1_000,
          keepAliveTimeout: 65_000,
        },
      },
      (address: AddressInfo) => resolve(runningServer(server, address.port, dropped)),
    ) as Server;
    boundConnections(server, { maxConnections, maxConnectionsPerPeer, isProxy }, dropped.add);
    answerUnreadRequests(server);
    server.once("error", reject);
    server.on("checkContinue", (request: IncomingMessage, response: ServerResponse) => {
      continueOnceRead(request, response);
      server.emit("request", request, response);
    });
    server.on("request", (request: IncomingMessage, response: ServerResponse) => {
      response.once("finish", () => {
        drainUnreadBody(request);
        // Once no new connections are taken, those that wait for their client's next request have to end.
        if (!server.listening) setImmediate(() => server.closeIdleConnections());
      });
    });
  });
}

/** Node reads a body up to its length and no further, unless it comes in chunks (RFC 9112 section 6.3). */
function isCounted(headers: IncomingMessage["headers"]): boolean {
  return headers["content-length"] !== undefined && headers["transfer-encoding"] === undefined;
}

function runningServer(server: Server, port: number, dropped: DroppedConnections): RunningServer {
  return {
    port,
    get droppedConnections() {
      return dropped.total;
    },
    async close() {
      dropped.end();
      await close(server);
    },
  };
}

/**
 * Asks a client that waits for it (RFC 9110 section 10.1.1) for its body once somebody begins to read that. An answer that
 * needs none of it ends the connection, as the client may send it or not.
 */
function continueOnceRead(request: IncomingMessage, response: ServerResponse): void {
  const { shouldKeepAlive } = response;
  response.shouldKeepAlive = false;
  request.on("newListener", (event) => {
    if (event !== "data" || response.headersSent || response.shouldKeepAlive) return;
    response.shouldKeepAlive = shouldKeepAlive;
    response.writeContinue();
  });
}

/**
 * Reads a body to its end that the answer did not wait for, so that the connection can be used again. The adapter tries to
 * as well, but its own reader pauses the stream after each piece, and it then closes the connection half a second after
 * the answer, when the client may have sent its next request.
 */
function drainUnreadBody(request: IncomingMessage): void {
  if (request.complete) return;
  request.removeAllListeners("data");
  request.resume();
}

function close(server: Server): Promise<void> {
  return new Promise((resolve, reject) => {
    server.close((error) => (error ? reject(error) : resolve()));
    server.closeIdleConnections();
  });
}

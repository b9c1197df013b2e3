import type { IncomingMessage, Server, ServerResponse } from "node:http";
import type { Socket } from "node:net";
import { type UnreadStatus, unreadRequestResponse } from "../http/exchange/unread-request.ts";
import {
  type BoundConnection,
  type ConnectionBounds,
  createConnectionBounds,
} from "../service/connection-bounds.ts";

/**
 * Bounds a server's connections. Node's own bound closes the newest, so that whoever holds all of them keeps everybody else out.
 *
 * @param onDropped - is told of each connection that is closed
 */
export function boundConnections(
  server: Server,
  bounds: ConnectionBounds,
  onDropped: () => void,
): void {
  const take = createConnectionBounds(bounds, onDropped);
  const connections = new WeakMap<Socket, BoundConnection>();
  server.on("connection", (socket: Socket) => {
    const connection = take(socket.remoteAddress ?? "", () => socket.destroy());
    connections.set(socket, connection);
    socket.once("close", connection.end);
  });
  server.on("request", ({ socket }: IncomingMessage, response: ServerResponse) => {
    const connection = connections.get(socket);
    connection?.begin();
    response.once("close", () => connection?.rest());
  });
}

/**
 * Answers what Node could not read as a request, or not in time, as the service answers any other fault. Node's own answer
 * has none of its headers. Where a request was read and is not answered yet, the answer belongs to that, and goes first.
 *
 * @see https://nodejs.org/api/http.html#event-clienterror
 */
export function answerUnreadRequests(server: Server): void {
  const answering = new WeakMap<Socket, ServerResponse>();
  server.on("request", ({ socket }: IncomingMessage, response: ServerResponse) => {
    answering.set(socket, response);
  });
  server.on("clientError", async (error: NodeJS.ErrnoException, socket: Socket) => {
    const response = answering.get(socket);
    if (!socket.writable || error.code === "ECONNRESET") return void socket.destroy();
    if (!response || response.writableFinished) return end(socket, error);
    // Half of an answer cannot be taken back.
    if (response.headersSent) return void socket.destroy();
    if (!response.req.complete) return end(socket, error);
    response.once("close", () => end(socket, error));
  });
}

async function end(socket: Socket, { code = "" }: NodeJS.ErrnoException): Promise<void> {
  const response = unreadRequestResponse(statuses[code] ?? 400);
  const body = await response.text();
  const headers = [...response.headers].map(([name, value]) => `${name}: ${value}\r\n`).join("");
  const length = `content-length: ${new TextEncoder().encode(body).length}\r\n`;
  const head = `HTTP/1.1 ${response.status} ${reasons[response.status]}\r\n${headers}${length}`;
  socket.end(`${head}connection: close\r\n\r\n${body}`, () => socket.destroy());
}

const statuses: Readonly<Record<string, UnreadStatus>> = {
  ERR_HTTP_REQUEST_TIMEOUT: 408,
  HPE_CHUNK_EXTENSIONS_OVERFLOW: 413,
  HPE_HEADER_OVERFLOW: 431,
};

const reasons: Readonly<Record<number, string>> = {
  400: "Bad Request",
  408: "Request Timeout",
  413: "Payload Too Large",
  431: "Request Header Fields Too Large",
};

import { connect } from "node:net";
import { setTimeout as sleep } from "node:timers/promises";

/** What came back over a socket, untouched by any HTTP client. */
export interface RawAnswer {
  readonly text: string;
  /** The status of each answer, in order: more than one where the server saw more than one request. */
  readonly statuses: readonly number[];
  /** Whether the server hung up. */
  readonly closed: boolean;
}

/** How long to wait for more after the last byte, in milliseconds. */
const quietMs = 400;

/** How long to wait for the first byte: longer than a slow password hash takes on a busy machine. */
const firstByteMs = 5_000;

/**
 * Writes bytes to the server's socket as they are and gives what comes back, until the server hangs up, falls silent
 * after an answer, or says nothing at all for 5 s.
 *
 * @param parts - written one after the other, 20 ms apart
 */
export async function sendRaw(url: string, ...parts: (string | Uint8Array)[]): Promise<RawAnswer> {
  const { hostname, port } = new URL(url);
  const socket = connect({ host: hostname, port: Number(port) });
  const received: Buffer[] = [];
  let closed = false;
  const settled = new Promise<void>((resolve) => {
    let timer = setTimeout(resolve, firstByteMs);
    socket.on("data", (bytes) => {
      received.push(bytes);
      clearTimeout(timer);
      timer = setTimeout(resolve, quietMs);
    });
    // A server may cut off a request that it does not like: that is an answer too.
    socket.on("error", () => socket.destroy());
    socket.on("close", () => {
      closed = true;
      clearTimeout(timer);
      resolve();
    });
  });
  for (const part of parts) {
    if (!socket.writable) break;
    socket.write(part);
    if (parts.length > 1) await sleep(20);
  }
  await settled;
  socket.destroy();
  const text = Buffer.concat(received).toString("latin1");
  const statuses = [...text.matchAll(/HTTP\/1\.[01] (\d{3}) /g)].map((match) => Number(match[1]));
  return { text, statuses, closed };
}

/** A request's head with the header lines given, each of them exactly as it stands. */
export function head(requestLine: string, ...headers: string[]): string {
  return `${[`${requestLine} HTTP/1.1`, ...headers].join("\r\n")}\r\n\r\n`;
}

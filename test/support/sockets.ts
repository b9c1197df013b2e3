import { once } from "node:events";
import { connect, type Socket } from "node:net";

/** A socket to a server, with all that became of it. */
export interface WatchedSocket {
  readonly socket: Socket;
  /** All that has come back so far. */
  text(): string;
  /** Ends when the server has hung up, and gives how long that took from the connection on, in milliseconds. */
  readonly closed: Promise<number>;
}

/**
 * Opens a connection past any HTTP client.
 *
 * @param localAddress - where to call from: all of 127.0.0.0/8 is this machine, and each address is a peer of its own
 */
export async function openSocket(url: string, localAddress = "127.0.0.1"): Promise<WatchedSocket> {
  const { hostname, port } = new URL(url);
  const socket = connect({
    host: hostname,
    port: Number(port),
    localAddress,
    allowHalfOpen: true,
  });
  let text = "";
  socket.setEncoding("latin1").on("data", (part) => {
    text += part;
  });
  // A server may cut the line: that is what "close" tells.
  socket.on("error", () => socket.destroy());
  socket.on("end", () => socket.destroy());
  await once(socket, "connect");
  const opened = performance.now();
  const closed = new Promise<number>((resolve) => {
    socket.once("close", () => resolve(performance.now() - opened));
  });
  return { socket, text: () => text, closed };
}

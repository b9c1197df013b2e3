import { once } from "node:events";
import { connect, createServer, type Socket } from "node:net";

/** A way to a server that can be cut, or be narrow. */
export interface Line {
  /** The server's address, by this line. */
  readonly url: string;
  /** From now on what is sent goes nowhere, and comes to no end. */
  mute(): void;
  /** From now on lets no more come from the server than that, in bytes a second. */
  narrow(bytesPerSecond: number): void;
  /** The number of bytes that have come from the server. */
  received(): number;
  /** Breaks all connections, and takes no more. */
  cut(): Promise<void>;
  /** Takes connections again. */
  mend(): Promise<void>;
}

/** Lays a line to a server. */
export async function layLine(target: string): Promise<Line> {
  const { hostname, port } = new URL(target);
  const sockets = new Set<Socket>();
  let isMute = false;
  let rate = Number.POSITIVE_INFINITY;
  let received = 0;
  const wait = (from: Socket, length: number) => {
    from.pause();
    setTimeout(() => from.resume(), (length / rate) * 1000);
  };
  const server = createServer((near) => {
    const far = connect({ host: hostname, port: Number(port || 6379) });
    for (const [from, to] of [
      [near, far],
      [far, near],
    ] as const) {
      sockets.add(from);
      from.on("data", (bytes) => {
        if (isMute) return;
        to.write(bytes);
        if (from === near) return;
        received += bytes.length;
        if (rate < Number.POSITIVE_INFINITY) wait(from, bytes.length);
      });
      from.on("error", () => undefined).on("close", () => to.destroy());
    }
  });
  const listen = (at: number) => once(server.listen(at, "127.0.0.1"), "listening");
  await listen(0);
  const address = server.address();
  const own = address !== null && typeof address === "object" ? address.port : 0;
  return {
    url: target.replace(/\/\/[^/]+/, `//127.0.0.1:${own}`),
    mute() {
      isMute = true;
    },
    narrow(bytesPerSecond) {
      rate = bytesPerSecond;
    },
    received: () => received,
    async cut() {
      const closed = once(server, "close");
      server.close();
      for (const socket of sockets) socket.destroy();
      sockets.clear();
      await closed;
    },
    async mend() {
      isMute = false;
      await listen(own);
    },
  };
}

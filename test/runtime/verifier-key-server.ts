import { once } from "node:events";
import { createServer, type RequestListener, type ServerResponse } from "node:http";
import { gzipSync } from "node:zlib";

/** A server of key sets that is well or sick, by the path that it is asked for. It keeps nothing but counts. */
export interface KeyServer {
  readonly url: string;
  /** How often a path was asked for, query and all. */
  hits(path: string): number;
  /** Hangs up on everybody from now on, or no more. */
  setDown(isDown: boolean): void;
  stop(): Promise<void>;
}

/** What is well about all answers but for how they come: the key set that the query gives. */
type Answer = (keySet: string, response: ServerResponse, query: string) => void;

/** As much as a server without patience would read: more than a key set may have, by a thousand times. */
const hugeBytes = 64 * 1024 * 1024;

const answers: Readonly<Record<string, Answer>> = {
  good: (keySet, response) => response.end(keySet),
  slow: (keySet, response) => setTimeout(() => response.end(keySet), 1_000),
  zipped: (keySet, response) =>
    response.setHeader("content-encoding", "gzip").end(gzipSync(keySet)),
  /** A few KB that become 64 MB. */
  bomb: (keySet, response) =>
    response.setHeader("content-encoding", "gzip").end(gzipSync(keySet + " ".repeat(hugeBytes))),
  huge: (keySet, response) => response.end(keySet + " ".repeat(2_000_000)),
  endless(keySet, response) {
    response.write(keySet);
    const more = () => {
      while (response.write(" ".repeat(65_536)));
    };
    response.on("drain", more);
    more();
  },
  /** Never silent, never done. */
  dripping(keySet, response) {
    response.write(keySet);
    const timer = setInterval(() => response.write(" "), 10);
    response.on("close", () => clearInterval(timer));
  },
  silent: () => undefined,
  /** The head, and no body after it. */
  headOnly: (_keySet, response) => response.flushHeaders(),
  reset: (_keySet, response) => response.destroy(),
  cut(keySet, response) {
    response.setHeader("content-length", keySet.length);
    response.write(keySet.slice(0, -10), () => response.destroy());
  },
  notFound: (keySet, response) => response.writeHead(404).end(keySet),
  broken: (keySet, response) => response.writeHead(500).end(keySet),
  ...Object.fromEntries(
    [301, 302, 303, 307, 308].map((status): [string, Answer] => [
      `redirect${status}`,
      (_keySet, response, query) => response.writeHead(status, { location: `/good${query}` }).end(),
    ]),
  ),
};

/** Starts a server that answers `/<kind>?keys=<key set>`, and `/hits?of=<path>` with how often that was asked for. */
export async function startKeyServer(): Promise<KeyServer> {
  const counts = new Map<string, number>();
  let isDown = false;
  const listener: RequestListener = (request, response) => {
    if (isDown) {
      request.socket.destroy();
      return;
    }
    const path = request.url ?? "";
    const { pathname, search, searchParams } = new URL(path, "http://key-server");
    if (pathname === "/hits") {
      response.end(String(counts.get(searchParams.get("of") ?? "") ?? 0));
      return;
    }
    counts.set(path, (counts.get(path) ?? 0) + 1);
    response.setHeader("content-type", "application/json");
    const answer = answers[pathname.slice(1)];
    if (answer) answer(searchParams.get("keys") ?? "", response, search);
    else response.writeHead(404).end();
  };
  const server = createServer(listener).listen(0, "127.0.0.1");
  await once(server, "listening");
  const address = server.address();
  const port = typeof address === "object" ? address?.port : undefined;
  return {
    url: `http://127.0.0.1:${port}`,
    hits: (path) => counts.get(path) ?? 0,
    setDown(value) {
      isDown = value;
    },
    async stop() {
      const closed = once(server.close(), "close");
      server.closeAllConnections();
      await closed;
    },
  };
}

import { createHash } from "node:crypto";
import { createServer, type IncomingMessage, type ServerResponse } from "node:http";
import type { AddressInfo } from "node:net";

/** A service that has ranges of digests, on loopback. */
export interface RangeServer {
  /** The address that prefixes are appended to. */
  readonly url: string;
  /** The requests that it got. */
  readonly requests: readonly IncomingMessage[];
  close(): Promise<void>;
}

type Answer = (request: IncomingMessage, response: ServerResponse) => void;

const linesOfPadding = 20;

/** Gives the SHA-1 digest of a password, as ranges have it. */
export function sha1(password: string): string {
  return createHash("sha1").update(password).digest("hex").toUpperCase();
}

/** Starts a service that knows some passwords, and pads its answers as the public one does. */
export async function startRangeServer(
  passwords: readonly string[],
  answer: Answer = rangeOf(passwords),
): Promise<RangeServer> {
  const requests: IncomingMessage[] = [];
  const server = createServer((request, response) => {
    requests.push(request);
    answer(request, response);
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  const { port } = server.address() as AddressInfo;
  return {
    url: `http://127.0.0.1:${port}/range/`,
    requests,
    async close() {
      server.closeAllConnections();
      await new Promise((resolve) => server.close(resolve));
    },
  };
}

function rangeOf(passwords: readonly string[]): Answer {
  return ({ url = "" }, response) => {
    const prefix = url.slice("/range/".length);
    const known = passwords.map(sha1).filter((digest) => digest.startsWith(prefix));
    const padding = Array.from({ length: linesOfPadding }, (_, index) =>
      sha1(`padding ${index}`).slice(5),
    );
    const lines = [
      ...known.map((digest) => `${digest.slice(5)}:7`),
      ...padding.map((suffix) => `${suffix}:0`),
    ];
    response.end(lines.toSorted().join("\r\n"));
  };
}

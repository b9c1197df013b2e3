import { once } from "node:events";
import { createServer, type IncomingHttpHeaders } from "node:http";
import { createRequire } from "node:module";

/** The library of the specification, as far as we use it. */
const {
  Webhook,
}: {
  readonly Webhook: new (
    secret: string,
  ) => {
    verify(body: string, headers: Record<string, string>): unknown;
  };
} = createRequire(import.meta.url)("standardwebhooks");

/** A webhook as it came. */
export interface ReceivedWebhook {
  readonly headers: IncomingHttpHeaders;
  readonly body: string;
}

/** Makes a secret of webhooks. */
export function webhookSecret(): string {
  return `whsec_${Buffer.from(crypto.getRandomValues(new Uint8Array(32))).toString("base64")}`;
}

/** A server on this machine that takes webhooks, and answers as it is told to. */
export async function startWebhookReceiver() {
  const received: ReceivedWebhook[] = [];
  let answer = (_count: number): number => 204;
  let tries = 0;
  const server = createServer(async (request, response) => {
    let body = "";
    for await (const part of request.setEncoding("utf8")) body += part;
    tries += 1;
    const status = answer(tries);
    if (status === 0) return;
    if (status < 300) received.push({ headers: request.headers, body });
    response.writeHead(status, status === 302 ? { location: "/elsewhere" } : {}).end();
  });
  server.listen(0, "127.0.0.1");
  await once(server, "listening");
  const address = server.address();
  if (address === null || typeof address === "string") throw new Error("no port was given");
  return {
    url: `http://127.0.0.1:${address.port}/hook`,
    received,
    tries: () => tries,
    /** Says with which status each try is answered, by how many there were; 0 is never. */
    answerWith(statusOf: (count: number) => number) {
      answer = statusOf;
    },
    async close() {
      server.closeAllConnections();
      server.close();
      await once(server, "close");
    },
  };
}

/**
 * Reads a webhook as its receiver would, by the library of the specification.
 *
 * @throws {Error} where no signature of it is by the secret
 */
export function verifiedWebhook({ headers, body }: ReceivedWebhook, secret: string): unknown {
  const named = ["webhook-id", "webhook-timestamp", "webhook-signature"].map((name) => [
    name,
    String(headers[name]),
  ]);
  return new Webhook(secret).verify(body, Object.fromEntries(named));
}

import { once } from "node:events";
import { createServer as createHttpServer } from "node:http";
import { connect, createServer, type Server, type Socket } from "node:net";
import { exportJWK, generateKeyPair, SignJWT } from "jose";
import { freePort } from "../support/server-process.ts";

/** A way to a server that can be taken down and put up again, at the same address. */
export interface Gate {
  readonly url: string;
  open(): Promise<void>;
  close(): Promise<void>;
}

/** Makes a gate, closed for now: whoever connects is refused. */
export async function createGate(target: string): Promise<Gate> {
  const port = await freePort();
  const { hostname: host, port: targetPort } = new URL(target);
  const sockets = new Set<Socket>();
  let server: Server | undefined;
  return {
    url: `http://127.0.0.1:${port}`,
    async open() {
      server = createServer((client) => {
        const upstream = connect({ host, port: Number(targetPort) });
        for (const socket of [client, upstream]) {
          sockets.add(socket);
          socket.on("error", () => socket.destroy()).on("close", () => sockets.delete(socket));
        }
        client.pipe(upstream).pipe(client);
      });
      await once(server.listen(port, "127.0.0.1"), "listening");
    },
    async close() {
      const closed = server && once(server.close(), "close");
      for (const socket of sockets) socket.destroy();
      await closed;
    },
  };
}

/** Someone who signs access tokens and publishes the key. */
export interface TokenIssuer {
  readonly issuer: string;
  /** Where the keys are served, from a server of its own. */
  readonly url: string;
  accessToken(clientId: string): Promise<string>;
  stop(): Promise<void>;
}

export async function startTokenIssuer(): Promise<TokenIssuer> {
  const issuer = "https://issuer.example/pool";
  const { privateKey, publicKey } = await generateKeyPair("RS256");
  const key = { ...(await exportJWK(publicKey)), kid: "access-1", alg: "RS256", use: "sig" };
  const server = createHttpServer((_request, response) => {
    response.setHeader("content-type", "application/json").end(JSON.stringify({ keys: [key] }));
  });
  await once(server.listen(0, "127.0.0.1"), "listening");
  const address = server.address();
  const port = typeof address === "object" ? address?.port : undefined;
  return {
    issuer,
    url: `http://127.0.0.1:${port}`,
    accessToken: (clientId) =>
      new SignJWT({ token_use: "access", client_id: clientId, username: "ada", scope: "" })
        .setProtectedHeader({ alg: "RS256", kid: "access-1" })
        .setIssuer(issuer)
        .setSubject("3f0c5d6a-subject")
        .setJti(crypto.randomUUID())
        .setIssuedAt()
        .setExpirationTime("5m")
        .sign(privateKey),
    async stop() {
      const closed = once(server.close(), "close");
      server.closeAllConnections();
      await closed;
    },
  };
}

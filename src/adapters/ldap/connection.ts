import type { BerWriter, Client, ClientOptions } from "ldapts";
import { missingPeer } from "../shared/peers/missing-peer.ts";
import type { DirectorySettings } from "./settings.ts";

interface Socket {
  readonly bytesRead: number;
  on(event: "data" | "error", listener: () => void): unknown;
  destroy(): void;
}

type Open = (...args: unknown[]) => Socket;

interface Packages {
  readonly "node:buffer": { readonly Buffer: { from(...of: readonly unknown[]): Bytes } };
  readonly ldapts: typeof import("ldapts");
  readonly "node:net": { readonly connect: Open };
  readonly "node:tls": { readonly connect: Open };
}

/** Bytes as the client takes them: a Buffer. */
export type Bytes = BerWriter["buffer"];

/** A connection to the directory, and the client on it. */
export interface Connection {
  readonly client: Client;
  readonly ldap: Packages["ldapts"];
  readonly Buffer: Packages["node:buffer"]["Buffer"];
  /** Opens it, with TLS where that is set. */
  open(): Promise<void>;
  isOpen(): boolean;
  /** Begins to count anew how much the directory may send. */
  renew(): void;
  /** Takes leave of the directory. */
  close(): void;
  /** Ends it at once: whoever waits for an answer is told. */
  destroy(): void;
}

/** Most that the directory may send for one task: far more than ten thousand entries take. */
const mostBytes = 32 * 1024 * 1024;

/**
 * Makes a connection that is opened once, and never again: the client would connect anew by itself, without StartTLS and
 * unbound, and a password would go out as it is.
 */
export async function createConnection(settings: DirectorySettings): Promise<Connection> {
  const { url, startTls, ca, timeoutMs } = settings;
  const [ldap, net, tls, { Buffer }] = await Promise.all([
    load("ldapts"),
    load("node:net"),
    load("node:tls"),
    load("node:buffer"),
  ]);
  const sockets: Socket[] = [];
  let readBefore = 0;

  const once = (connect: Open, carriesAnswers: boolean): Open => {
    let isUsed = false;
    return (...args) => {
      if (isUsed) throw new Error("The connection has ended.");
      isUsed = true;
      const socket = connect(...args);
      sockets.push(socket);
      // Unheard, the event would end the process.
      socket.on("error", () => undefined);
      const bound = () => socket.bytesRead - readBefore > mostBytes && socket.destroy();
      if (carriesAnswers) socket.on("data", bound);
      return socket;
    };
  };
  const secured = { minVersion: "TLSv1.2", ...(ca !== undefined && { ca }) };
  const options = {
    url,
    timeout: timeoutMs,
    connectTimeout: timeoutMs,
    createConnection: once(net.connect, !startTls),
    createSecureConnection: once(tls.connect, true),
    ...(url.startsWith("ldaps:") && { tlsOptions: secured }),
  };
  const client = new ldap.Client(options as unknown as ClientOptions);
  return {
    client,
    ldap,
    Buffer,
    async open() {
      const terms = { ...secured, ...serverOf(url) } as Parameters<Client["startTLS"]>[0];
      if (startTls) await client.startTLS(terms);
    },
    isOpen: () => client.isConnected,
    renew() {
      readBefore = sockets.at(-1)?.bytesRead ?? 0;
    },
    close: () => void client.unbind().catch(() => undefined),
    destroy() {
      for (const socket of sockets) socket.destroy();
    },
  };
}

/** The server that a certificate has to be of. An address is no name to ask for (RFC 6066 section 3). */
function serverOf(url: string): { readonly host: string; readonly servername?: string } {
  const host = new URL(url).hostname.replaceAll(/[[\]]/g, "");
  return /^[\d.]+$|:/.test(host) ? { host } : { host, servername: host };
}

/** By a name that no bundler sees, as whoever has no use for this adapter, and every Worker, shall not carry its package. */
async function load<Name extends keyof Packages>(name: Name): Promise<Packages[Name]> {
  const specifier: string = name;
  return import(/* @vite-ignore */ specifier).catch((cause) => {
    throw missingPeer(specifier, cause);
  });
}

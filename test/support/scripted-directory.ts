import { once } from "node:events";
import { type AddressInfo, createServer, type Socket } from "node:net";
import { BerReader, BerWriter, ProtocolOperation } from "ldapts";

/** A request that came in, as far as a script has to know it. */
export interface DirectoryRequest {
  readonly id: number;
  readonly kind: "bind" | "search" | "start_tls" | "other";
  /** Of a bind: whose. */
  readonly dn: string;
  readonly socket: Socket;
  /** Which connection it came over, from 1 on. */
  readonly connection: number;
}

/** An entry to answer a search with. */
export interface ScriptedEntry {
  readonly dn: string;
  readonly attributes: Readonly<Record<string, readonly string[]>>;
}

/** A directory that answers as a test says, and keeps all that it was sent. */
export interface ScriptedDirectory {
  readonly url: string;
  readonly received: () => string;
  readonly connections: () => number;
  close(): Promise<void>;
}

export type Script = (request: DirectoryRequest) => void;

const { LDAP_REQ_BIND, LDAP_REQ_SEARCH, LDAP_REQ_EXTENSION } = ProtocolOperation;
const kinds: ReadonlyMap<number | null, DirectoryRequest["kind"]> = new Map([
  [LDAP_REQ_BIND, "bind"],
  [LDAP_REQ_SEARCH, "search"],
  [LDAP_REQ_EXTENSION, "start_tls"],
]);

/** Starts a directory on this machine that does what a script says with each request. */
export async function startScriptedDirectory(script: Script): Promise<ScriptedDirectory> {
  const sockets: Socket[] = [];
  let received = "";
  const server = createServer((socket) => {
    const connection = sockets.push(socket);
    socket.on("error", () => undefined);
    socket.on("data", (chunk) => {
      received += chunk.toString("latin1");
      // Requests as short as those of the tests come whole. TLS is none.
      if (chunk[0] !== 0x30) return;
      const reader = new BerReader(chunk);
      reader.readSequence();
      const id = reader.readInt() ?? 0;
      const kind = kinds.get(reader.readSequence()) ?? "other";
      if (kind === "bind") reader.readInt();
      const dn = kind === "bind" ? (reader.readString() ?? "") : "";
      script({ id, kind, dn, socket, connection });
    });
  }).listen(0, "127.0.0.1");
  await once(server, "listening");
  return {
    url: `ldap://127.0.0.1:${(server.address() as AddressInfo).port}`,
    received: () => received,
    connections: () => sockets.length,
    async close() {
      for (const socket of sockets) socket.destroy();
      server.close();
      await once(server, "close");
    },
  };
}

const answers = { bind: 0x61, search: 0x65, start_tls: 0x78, other: 0x78 } as const;

/** Answers a request with a result (RFC 4511 section 4.1.9). */
export function answer({ id, kind, socket }: DirectoryRequest, result = 0, text = ""): void {
  socket.write(
    message(id, answers[kind], (writer) => {
      writer.writeEnumeration(result);
      writer.writeString("");
      writer.writeString(text);
    }),
  );
}

/** Answers a search with entries, and says that they were all. */
export function answerWith(request: DirectoryRequest, entries: readonly ScriptedEntry[]): void {
  for (const entry of entries) request.socket.write(entryOf(request.id, entry));
  answer(request);
}

/** An entry on its way: the message of it. */
export function entryOf(id: number, { dn, attributes }: ScriptedEntry): Buffer {
  return message(id, 0x64, (writer) => {
    writer.writeString(dn);
    writer.startSequence();
    for (const [name, values] of Object.entries(attributes)) {
      writer.startSequence();
      writer.writeString(name);
      writer.startSequence(0x31);
      for (const value of values) writer.writeString(value);
      writer.endSequence();
      writer.endSequence();
    }
    writer.endSequence();
  });
}

function message(id: number, tag: number, write: (writer: BerWriter) => void): Buffer {
  const writer = new BerWriter();
  writer.startSequence();
  writer.writeInt(id);
  writer.startSequence(tag);
  write(writer);
  writer.endSequence();
  writer.endSequence();
  return writer.buffer;
}

import { IdentityError } from "../../domain/errors.ts";

/** The stream of a request's body, as Node.js has it. Its type asks for none of Node's own. */
export interface BodyStream {
  readonly headers: Readonly<Record<string, string | readonly string[] | undefined>>;
  readonly readableLength: number;
  readonly readableEnded: boolean;
  readonly readableEncoding: string | null;
  readonly destroyed: boolean;
  /** True once all of the request has come, where it comes from a socket. */
  readonly complete?: boolean | undefined;
  read(size: number): unknown;
  unshift(chunk: Uint8Array): unknown;
  on(event: string, listener: () => void): unknown;
  off(event: string, listener: () => void): unknown;
}

/**
 * Reads a body and puts it back, for the parser that comes after. The stream must not end meanwhile, which it does when it
 * is asked for more than there is, so it is asked for what there is.
 *
 * @throws {IdentityError} `payload_too_large` — more bytes than the limit
 * @throws {IdentityError} `malformed_request` — the body broke off, somebody has read it before, or where it ends cannot
 *   be known
 */
export function peekBody(stream: BodyStream, limitBytes: number): Promise<Uint8Array> {
  return new Promise((resolve, reject) => {
    const taken: Uint8Array[] = [];
    let size = 0;
    const putBack = () => {
      stream.off("readable", look);
      for (const event of ends) stream.off(event, breakOff);
      const body = joined(taken, size);
      if (size > 0) stream.unshift(body);
      return body;
    };
    const breakOff = () => {
      putBack();
      reject(new IdentityError("malformed_request"));
    };
    const look = () => {
      size += takeAll(stream, taken);
      if (size > limitBytes) {
        putBack();
        reject(new IdentityError("payload_too_large"));
      } else if (isWhole(stream, size)) resolve(putBack());
    };
    if (!isReadable(stream)) return breakOff();
    stream.on("readable", look);
    for (const event of ends) stream.on(event, breakOff);
    look();
  });
}

const ends = ["end", "error", "close"];

function takeAll(stream: BodyStream, taken: Uint8Array[]): number {
  let size = 0;
  while (stream.readableLength > 0) {
    const chunk = stream.read(stream.readableLength);
    if (!(chunk instanceof Uint8Array)) break;
    taken.push(chunk);
    size += chunk.length;
  }
  return size;
}

/** True where nobody has read the body, nor asked for it as text, and its end can be known. */
function isReadable(stream: BodyStream): boolean {
  const { complete, destroyed, readableEnded, readableEncoding } = stream;
  if (destroyed || readableEnded || readableEncoding) return false;
  return typeof complete === "boolean" || declaredLength(stream) !== undefined;
}

function isWhole(stream: BodyStream, size: number): boolean {
  const declared = declaredLength(stream);
  return declared === undefined ? stream.complete === true : size >= declared;
}

function declaredLength({ headers }: BodyStream): number | undefined {
  const declared = headers["content-length"];
  return typeof declared === "string" && /^\d+$/.test(declared) ? Number(declared) : undefined;
}

function joined(chunks: readonly Uint8Array[], size: number): Uint8Array {
  const whole = new Uint8Array(size);
  let at = 0;
  for (const chunk of chunks) {
    whole.set(chunk, at);
    at += chunk.length;
  }
  return whole;
}

import type * as z from "zod/mini";
import { IdentityError } from "../../domain/errors.ts";
import { hasCountedBody } from "./counted-body.ts";
import { isUtf8MediaType } from "./media-type.ts";
import { type Validated, validate } from "./validation.ts";

/**
 * Expects the body of a request to be of a media type, and as it is: nothing here undoes a content coding, so what comes
 * under the name of one is not read as if it were none (RFC 9110 section 15.5.16).
 *
 * @throws {IdentityError} `unsupported_media_type`
 */
export function checkContentType({ headers }: Request, mediaType: string): void {
  if (!isUtf8MediaType(headers.get("Content-Type"), mediaType)) {
    throw new IdentityError("unsupported_media_type");
  }
  if (!/^(?:identity)?$/i.test(headers.get("Content-Encoding") ?? "")) {
    throw new IdentityError("unsupported_media_type", { detail: "No content coding is taken." });
  }
}

/**
 * Reads a JSON object from a request. Any other media type is refused, as a page of another site can send `text/plain`
 * and forms without asking first.
 *
 * @throws {IdentityError} `unsupported_media_type` — not JSON in UTF-8 by its headers, or no header
 * @throws {IdentityError} `payload_too_large` — more bytes than the limit
 * @throws {IdentityError} `malformed_request` — not UTF-8, not JSON, or not an object
 */
export async function parseJsonBody<Schema extends z.ZodMiniType>(
  request: Request,
  schema: Schema,
  limitBytes: number,
): Promise<Validated<z.output<Schema>>> {
  // JSON has one media type, and its charset, where it is named at all, is UTF-8 (RFC 8259 section 8.1).
  checkContentType(request, "application/json");
  return validate(schema, parseObject(await readBody(request, limitBytes)));
}

/**
 * Reads a request body, counting bytes as they come: a `Content-Length` can be missing or lie, unless it is known that it
 * does not. One that is over the limit by its own word is refused before it comes.
 *
 * @throws {IdentityError} `payload_too_large` — more bytes than the limit
 * @throws {IdentityError} `malformed_request` — the body broke off
 */
export async function readBody(request: Request, limitBytes: number): Promise<Uint8Array> {
  if (Number(request.headers.get("Content-Length")) > limitBytes) {
    throw new IdentityError("payload_too_large");
  }
  let bytes: Uint8Array | undefined;
  try {
    // Not as a stream, for which Node first makes the whole of a Request.
    bytes = hasCountedBody(request)
      ? new Uint8Array(await request.arrayBuffer())
      : await readUpTo(limitBytes, request);
  } catch (cause) {
    throw new IdentityError("malformed_request", { cause });
  }
  if (!bytes || bytes.byteLength > limitBytes) throw new IdentityError("payload_too_large");
  return bytes;
}

/** Reads a body up to a limit, and gives nothing where there is more. */
async function readUpTo(limitBytes: number, request: Request): Promise<Uint8Array | undefined> {
  const chunks: Uint8Array[] = [];
  let length = 0;
  for await (const chunk of chunksOf(request)) {
    length += chunk.byteLength;
    if (length > limitBytes) return undefined;
    chunks.push(chunk);
  }
  return joined(chunks, length);
}

/** Not every runtime's stream can be iterated, so this asks its reader; to stop early is to cancel the stream. */
async function* chunksOf(request: Request): AsyncGenerator<Uint8Array> {
  const reader = request.body?.getReader();
  if (!reader) return;
  let done = false;
  try {
    while (!done) {
      const read = await reader.read();
      done = read.done;
      if (read.value) yield read.value;
    }
  } finally {
    // Whether the sender minds being cut off is of no interest.
    if (!done) reader.cancel().catch(() => undefined);
  }
}

function joined(chunks: readonly Uint8Array[], length: number): Uint8Array {
  const [first, ...rest] = chunks;
  if (first !== undefined && rest.length === 0) return first;
  const bytes = new Uint8Array(length);
  let offset = 0;
  for (const chunk of chunks) {
    bytes.set(chunk, offset);
    offset += chunk.byteLength;
  }
  return bytes;
}

const utf8 = new TextDecoder("utf-8", { fatal: true, ignoreBOM: true });

/** The member's name as it is, or any character that is escaped: to look at each member takes longer than to parse them. */
const mayHavePrototype = /__proto__|\\u/;

function parseObject(bytes: Uint8Array): object {
  let value: unknown;
  try {
    const text = utf8.decode(bytes);
    value = mayHavePrototype.test(text) ? JSON.parse(text, refusePrototype) : JSON.parse(text);
  } catch {
    // The error that was caught stays behind: the message of a JSON error quotes the body.
    throw new IdentityError("malformed_request");
  }
  if (typeof value !== "object" || value === null || Array.isArray(value)) {
    throw new IdentityError("malformed_request");
  }
  return value;
}

/** A member of this name would be dropped in silence further on. */
function refusePrototype(member: string, value: unknown): unknown {
  if (member === "__proto__") throw new SyntaxError("__proto__");
  return value;
}

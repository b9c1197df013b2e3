/** The most that is read of an answer, in bytes: a page of users, the longest that is asked for, takes a tenth of that. */
const longestAnswer = 1_048_576;

/** A body as it comes: of `fetch`, or of what speaks HTTP on a runtime by itself. */
export type Body = ReadableStream<Uint8Array> | AsyncIterable<Uint8Array>;

/**
 * Reads a body to its end, and no more than a mebibyte of it, counted after decompression: whoever answers without end
 * would take all of the memory. The rest is called off.
 *
 * @throws {Error} it is longer
 */
export async function readBounded(body: Body): Promise<Uint8Array<ArrayBuffer>> {
  const parts: Uint8Array[] = [];
  let length = 0;
  for await (const part of "getReader" in body ? partsOf(body) : body) {
    length += part.byteLength;
    if (length > longestAnswer) throw new Error("The answer is too long.");
    parts.push(part);
  }
  const bytes = new Uint8Array(length);
  let offset = 0;
  for (const part of parts) {
    bytes.set(part, offset);
    offset += part.byteLength;
  }
  return bytes;
}

/** Not every runtime's stream can be iterated, so this asks its reader; to stop early is to cancel the stream. */
async function* partsOf(stream: ReadableStream<Uint8Array>): AsyncGenerator<Uint8Array> {
  const reader = stream.getReader();
  try {
    for (let part = await reader.read(); !part.done; part = await reader.read()) yield part.value;
  } finally {
    // Where it came to its end this is nothing. Whether the sender minds is of no interest.
    reader.cancel().catch(() => undefined);
  }
}

/**
 * The patterns that not every engine reads, as they need the `u` flag, each with one that takes no less and reads the same
 * everywhere. The service goes by the first, so that a text can keep the pattern of the document and still be refused.
 */
const portable: Readonly<Record<string, string>> = {
  // Neither white space nor control characters.
  "^[\\p{L}\\p{M}\\p{S}\\p{N}\\p{P}]+$": "^[^\\x00-\\x20\\x7f]+$",
  // No control characters.
  "^[^\\p{C}]+$": "^[^\\x00-\\x1f\\x7f]+$",
};

/**
 * Puts a pattern in the place of one that not every engine reads.
 *
 * @throws {Error} for one of those that has none
 */
export function withPortablePattern(schema: { pattern?: unknown }): void {
  const { pattern } = schema;
  if (typeof pattern !== "string" || !/\\[pP]\{|\(\?</.test(pattern)) return;
  const plain = portable[pattern];
  if (plain === undefined) throw new Error(`No portable pattern is known for ${pattern}`);
  schema.pattern = plain;
}

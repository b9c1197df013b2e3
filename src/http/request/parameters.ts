import type * as z from "zod/mini";
import { jsonPointer } from "../problem.ts";
import { type Validated, validate } from "./validation.ts";

/**
 * Reads the parameters of a path, each percent-decoded once (RFC 3986 section 2.4). What does not decode to UTF-8 is
 * told as any other wrong character, and nothing is ever passed on as it was sent.
 *
 * @param pattern - the path of the operation, with each parameter in braces
 */
export function parsePath<Schema extends z.ZodMiniObject>(
  request: Request,
  pattern: string,
  schema: Schema,
): Validated<z.output<Schema>> {
  const [path = ""] = request.url.split(/[?#]/, 1);
  const segments = path.split("/");
  // From the end, as the URL begins with a scheme and a host.
  const entries = pattern
    .split("/")
    .reverse()
    .flatMap((part, index) => {
      const name = /^\{(\w+)\}$/.exec(part)?.[1];
      return name === undefined ? [] : [[name, decoded(segments.at(-1 - index) ?? "")] as const];
    });
  return validate(schema, Object.fromEntries(entries));
}

/** Reads a query. A member that is there twice is refused, as two readers could each take another one. */
export function parseQuery<Schema extends z.ZodMiniObject>(
  request: Request,
  schema: Schema,
): Validated<z.output<Schema>> {
  const { searchParams } = new URL(request.url);
  const repeated = [...new Set(searchParams.keys())].filter(
    (name) => searchParams.getAll(name).length > 1,
  );
  if (repeated.length > 0) {
    return {
      errors: repeated.map((name) => ({ pointer: jsonPointer([name]), reason: "repeated" })),
    };
  }
  return validate(schema, Object.fromEntries(searchParams));
}

/** NUL stands for what cannot be decoded: no parameter may hold it. */
function decoded(segment: string): string {
  try {
    return decodeURIComponent(segment);
  } catch {
    return "\0";
  }
}

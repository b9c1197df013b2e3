import type { Operation } from "../operation.ts";
import type { ProblemMember } from "../problem.ts";
import { unlistedMetadata } from "./client-metadata.ts";
import { parseFormBody } from "./form-body.ts";
import { parseJsonBody } from "./json-body.ts";
import { parsePath, parseQuery } from "./parameters.ts";
import type { Validated } from "./validation.ts";

/** The parts of a request that an operation asks for, read: what is not asked for is not there. */
export type OperationParts = Readonly<
  Record<"params" | "query" | "body", Validated<unknown> | undefined>
>;

/** Reads the parts of a request that an operation asks for. */
export function partsOf(
  request: Request,
  { path, params, query, body, form }: Operation,
  bodyLimitBytes: number,
): OperationParts | Promise<OperationParts> {
  const head = {
    params: params && parsePath(request, path, params()),
    query: query && parseQuery(request, query()),
  };
  if (!body) return { ...head, body };
  const parseBody = form ? parseFormBody : parseJsonBody;
  return parseBody(request, body(), bodyLimitBytes).then((body) => ({ ...head, body }));
}

/** Gives everything that is wrong with them. */
export function faultsOf(
  parts: OperationParts,
  clientMetadata: readonly string[],
): readonly ProblemMember[] {
  return [
    ...Object.values(parts).flatMap((part) => part?.errors ?? []),
    ...unlistedMetadata(parts.body?.value, clientMetadata),
  ];
}

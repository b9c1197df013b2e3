import type { IdentityErrorCode } from "../../domain/errors.ts";
import { codesOf } from "../error-codes.ts";
import { operations } from "../operations.ts";

/** The operations that can answer with a code, or `every` where each one can. */
export type OperationsByCode = Readonly<
  Partial<Record<IdentityErrorCode, readonly string[] | "every">>
>;

/** Tells which operations can answer with which code. The Worker has it ready-made. */
export function operationsByCode(): OperationsByCode {
  const all = Object.entries(operations);
  const pairs = all.flatMap(([id, operation]) =>
    codesOf(operation).map((code) => [code, id] as const),
  );
  const byCode = Map.groupBy(pairs, ([code]) => code);
  return Object.fromEntries(
    [...byCode].map(([code, those]) => [
      code,
      those.length === all.length ? "every" : those.map(([, id]) => id).toSorted(),
    ]),
  );
}

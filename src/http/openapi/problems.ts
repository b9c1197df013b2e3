import type { RouteConfig } from "@hono/zod-openapi";
import type { IdentityErrorCode } from "../../domain/errors.ts";
import { codesOf } from "../error-codes.ts";
import type { Operation } from "../operation.ts";
import { operations } from "../operations.ts";
import { problems, retryStatuses } from "../problem.ts";
import { Problem } from "../schemas/problem.ts";
import { type Components, headerRef, schemaId } from "./components.ts";

type ResponseConfig = RouteConfig["responses"][string];

/** The problems of one status that an operation can answer with. */
export interface ProblemKind {
  readonly status: number;
  readonly codes: readonly IdentityErrorCode[];
}

/**
 * Registers each problem response that more than one operation has as a component, named by its codes. Gives what an
 * operation is to say of its own: the component, or the response itself where no other has the same.
 */
export function problemResponses(registry: Components): (kind: ProblemKind) => ResponseConfig {
  const all = Object.values(operations).flatMap(problemKinds);
  const shared = Map.groupBy(all, componentName);
  for (const [name, [kind, ...others]] of shared) {
    if (kind && others.length > 0) registry.registerComponent("responses", name, problemOf(kind));
  }
  return (kind) => {
    const name = componentName(kind);
    const isShared = (shared.get(name)?.length ?? 0) > 1;
    return isShared ? { $ref: `#/components/responses/${name}` } : problemOf(kind);
  };
}

/** Gives the problems that an operation can answer with, by status. */
export function problemKinds(operation: Operation): readonly ProblemKind[] {
  const byStatus = Map.groupBy(codesOf(operation), (code) => problems[code][0]);
  return [...byStatus].map(([status, codes]) => ({ status, codes: codes.toSorted() }));
}

function componentName({ codes }: ProblemKind): string {
  const words = codes.map((code) =>
    code.replace(/(?:^|_)([a-z])/g, (_, letter) => letter.toUpperCase()),
  );
  return words.join("Or");
}

function problemOf({ status, codes }: ProblemKind) {
  return {
    description: codes.map((code) => `${problems[code][1]}: \`${code}\`.`).join(" "),
    headers: {
      "X-Request-Id": headerRef("RequestId"),
      ...((status === 401 || codes.includes("insufficient_scope")) && {
        "WWW-Authenticate": headerRef("Challenge"),
      }),
      ...(retryStatuses.includes(status) && { "Retry-After": headerRef("RetryAfter") }),
    },
    content: {
      "application/problem+json": {
        schema: {
          allOf: [
            { $ref: `#/components/schemas/${schemaId(Problem())}` },
            { type: "object" as const, properties: { code: { enum: [...codes] } } },
          ],
        },
      },
    },
  };
}

import type { RouteConfig } from "@hono/zod-openapi";
import type { IdentityErrorCode } from "../../domain/errors.ts";
import { codesOf } from "../error-codes.ts";
import type { Operation } from "../operation.ts";
import { operations } from "../operations.ts";
import { problems, retryStatuses } from "../problem.ts";
import { Problem } from "../schemas/problem.ts";
import { type Components, headerRef } from "./components.ts";
import { exampleIdOf, registerProblemExamples } from "./problem-examples.ts";
import { responseName } from "./response-names.ts";
import { schemaId } from "./schema-components.ts";

type ResponseConfig = RouteConfig["responses"][string];

/** The problems of one status that an operation can answer with. */
export interface ProblemKind {
  readonly status: number;
  readonly codes: readonly IdentityErrorCode[];
}

/**
 * Registers each problem response that more than one operation has as a component, and an example of each problem. Gives
 * what an operation is to say of its own: the component, or the response itself where no other has the same.
 */
export function problemResponses(registry: Components): (kind: ProblemKind) => ResponseConfig {
  const all = Object.values(operations).flatMap(problemKinds);
  registerProblemExamples(registry, new Set(all.flatMap(({ codes }) => codes).toSorted()));
  const uses = Map.groupBy(all, ({ codes }) => codes.join());
  const nameOf = ({ codes }: ProblemKind) =>
    (uses.get(codes.join())?.length ?? 0) > 1 ? responseName(codes) : undefined;
  for (const [kind] of uses.values()) {
    const name = kind && nameOf(kind);
    if (name) registry.registerComponent("responses", name, problemOf(kind));
  }
  return (kind) => {
    const name = nameOf(kind);
    return name ? { $ref: `#/components/responses/${name}` } : problemOf(kind);
  };
}

/** Gives the problems that an operation can answer with, by status. */
export function problemKinds(operation: Operation): readonly ProblemKind[] {
  const byStatus = Map.groupBy(codesOf(operation), (code) => problems[code][0]);
  return [...byStatus].map(([status, codes]) => ({ status, codes: codes.toSorted() }));
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
            {
              type: "object" as const,
              properties: { code: { type: "string" as const, enum: [...codes] } },
            },
          ],
        },
        examples: Object.fromEntries(
          codes.map((code) => [code, { $ref: `#/components/examples/${exampleIdOf(code)}` }]),
        ),
      },
    },
  };
}

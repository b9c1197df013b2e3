import type * as z from "zod/mini";
import { jsonPointer, type ProblemMember } from "../problem.ts";

/** More faults than anyone mends at once: a body full of unknown members gets no answer as long as itself. */
const maxProblemMembers = 20;

/** Some input: of the form asked for, or with what is wrong with it. */
export type Validated<T> =
  | { readonly value: T; readonly errors?: undefined }
  | { readonly value?: undefined; readonly errors: readonly ProblemMember[] };

/** Holds an input against its schema. */
export function validate<Schema extends z.ZodMiniType>(
  schema: Schema,
  input: object,
): Validated<z.output<Schema>> {
  const result = schema.safeParse(input);
  if (result.success) return { value: result.data };
  const errors = result.error.issues.flatMap((issue) => problemMembersOf(issue, input));
  return { errors: errors.slice(0, maxProblemMembers) };
}

function problemMembersOf(issue: z.core.$ZodIssue, input: object): readonly ProblemMember[] {
  if (issue.code === "unrecognized_keys") {
    return issue.keys.map((key) => ({
      pointer: jsonPointer([...issue.path, key]),
      reason: "unknown_member",
    }));
  }
  return [{ pointer: jsonPointer(issue.path), reason: reasonOf(issue, input) }];
}

function reasonOf(issue: z.core.$ZodIssue, input: object): string {
  switch (issue.code) {
    case "invalid_type":
      return isAbsent(input, issue.path) ? "required" : "invalid_type";
    case "invalid_value":
    case "invalid_union":
      return isAbsent(input, issue.path) ? "required" : "invalid_value";
    case "too_small":
      return issue.origin === "string" ? "too_short" : "too_small";
    case "too_big":
      return issue.origin === "string" ? "too_long" : "too_large";
    case "invalid_format":
      return "invalid_characters";
    case "invalid_key":
      return "invalid_name";
    case "custom":
      return String(issue.params?.reason);
    default:
      return "invalid_value";
  }
}

/** JSON has no `undefined`, so what is undefined was not sent. */
function isAbsent(input: object, path: readonly PropertyKey[]): boolean {
  return path.reduce<unknown>(memberOf, input) === undefined;
}

function memberOf(value: unknown, name: PropertyKey): unknown {
  if (typeof value !== "object" || value === null) return undefined;
  return Object.getOwnPropertyDescriptor(value, name)?.value;
}

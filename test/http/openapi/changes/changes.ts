import type { Document, Operation, Parameter } from "./documents.ts";
import { resolved } from "./documents.ts";
import { requestChanges, type SchemaChange } from "./request-schemas.ts";
import { responseChanges } from "./response-schemas.ts";

/** A change that breaks clients of the document as it was, by the name of the rule that it breaks. */
export interface Change {
  readonly rule: string;
  /** The operation, and the place in what is sent. */
  readonly where: string;
}

/** Two documents: as it was, and as it is. */
export interface Pair {
  readonly was: Document;
  readonly is: Document;
}

/**
 * Gives every change that breaks clients: of requests, all that were well have to be well; of answers, all that come have to
 * be such as were expected.
 *
 * @see https://github.com/oasdiff/oasdiff/blob/main/docs/BREAKING-CHANGES.md for the rules, after whose model these are
 */
export function breakingChanges(pair: Pair): readonly Change[] {
  return Object.entries(pair.was.paths).flatMap(([path, methods]) => {
    const there = pair.is.paths[path];
    if (!there) return [{ rule: "path-removed", where: path }];
    return Object.entries(methods).flatMap(([method, was]) => {
      const where = `${method.toUpperCase()} ${path}`;
      const is = there[method];
      if (!is) return [{ rule: "operation-removed", where }];
      return operationChanges(pair, was, is).map((change) => ({
        rule: change.rule,
        where: `${where} ${change.where}`.trim(),
      }));
    });
  });
}

function operationChanges(pair: Pair, was: Operation, is: Operation): readonly Change[] {
  return [
    ...(was.operationId === is.operationId ? [] : [{ rule: "operation-id-changed", where: "" }]),
    ...securityChanges(was, is),
    ...parameterChanges(pair, was, is),
    ...bodyChanges(pair, was, is),
    ...answerChanges(pair, was, is),
  ];
}

/** Each way to be let in has still to be one: it may take less. */
function securityChanges(was: Operation, is: Operation): readonly Change[] {
  const now = is.security ?? [];
  if (now.length === 0) return [];
  const before = was.security?.length ? was.security : [{}];
  const isKept = before.every((way) =>
    now.some((other) => Object.keys(other).every((scheme) => scheme in way)),
  );
  return isKept ? [] : [{ rule: "security-added", where: "" }];
}

function parameterChanges({ was: old, is: now }: Pair, was: Operation, is: Operation) {
  const before = (was.parameters ?? []).map((one) => resolved(old, one));
  const after = (is.parameters ?? []).map((one) => resolved(now, one));
  const keyOf = ({ in: place, name }: Parameter) => `${place} ${name}`;
  const found = (list: readonly Parameter[], key: string) => list.find((one) => keyOf(one) === key);
  const added = after.filter((one) => one.required && !found(before, keyOf(one)));
  return [
    ...added.map((one) => ({ rule: "required-parameter-added", where: keyOf(one) })),
    ...before.flatMap((one): readonly Change[] => {
      const where = keyOf(one);
      const other = found(after, where);
      if (!other) return [{ rule: "parameter-removed", where }];
      const isDemanded = other.required && !one.required;
      return [
        ...(isDemanded ? [{ rule: "parameter-became-required", where }] : []),
        ...placed(
          where,
          requestChanges({ was: old, is: now }, one.schema ?? {}, other.schema ?? {}),
        ),
      ];
    }),
  ];
}

function bodyChanges(pair: Pair, was: Operation, is: Operation): readonly Change[] {
  const { requestBody: before } = was;
  const { requestBody: after } = is;
  const where = "request";
  if (!before) return after?.required ? [{ rule: "request-body-added", where }] : [];
  if (!after) return [{ rule: "request-body-removed", where }];
  const isDemanded = after.required && !before.required;
  return [
    ...(isDemanded ? [{ rule: "request-body-became-required", where }] : []),
    ...Object.entries(before.content).flatMap(([mediaType, { schema = {} }]): readonly Change[] => {
      const other = after.content[mediaType];
      if (!other) return [{ rule: "request-media-type-removed", where: `request ${mediaType}` }];
      return placed(where, requestChanges(pair, schema, other.schema ?? {}));
    }),
  ];
}

function answerChanges(pair: Pair, was: Operation, is: Operation): readonly Change[] {
  return Object.entries(was.responses).flatMap(([status, response]): readonly Change[] => {
    const there = is.responses[status];
    // Who is refused no more has nothing to complain about.
    if (!there) return status < "400" ? [{ rule: "response-status-removed", where: status }] : [];
    const [before, after] = [resolved(pair.was, response), resolved(pair.is, there)];
    const headers = Object.keys(before.headers ?? {}).filter((name) => !after.headers?.[name]);
    return [
      ...headers.map((name) => ({ rule: "response-header-removed", where: `${status} ${name}` })),
      ...Object.entries(before.content ?? {}).flatMap(
        ([type, { schema = {} }]): readonly Change[] => {
          const other = after.content?.[type];
          const where = `${status} ${type}`;
          if (!other) return [{ rule: "response-media-type-removed", where }];
          // Which problems there are is told by `code`, of which there can be new ones.
          if (type === "application/problem+json") return [];
          return placed(status, responseChanges(pair, schema, other.schema ?? {}));
        },
      ),
    ];
  });
}

function placed(where: string, changes: readonly SchemaChange[]): readonly Change[] {
  return changes.map(({ rule, pointer }) => ({ rule, where: `${where} ${pointer}`.trim() }));
}

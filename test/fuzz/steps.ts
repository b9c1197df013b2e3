import * as fc from "fast-check";
import { type Operation, operations, type Schema } from "./document.ts";
import { type Kind, Known, known, recordOf, valuesFor } from "./values.ts";

/** The credentials that a request is sent with. */
export type Credentials = Known | "administrator" | "client" | "garbage" | "none";

/** A request that is yet to be filled with what the run knows. */
export interface Step {
  readonly operation: Operation;
  readonly parameters: Readonly<Record<string, unknown>>;
  readonly body: unknown;
  readonly credentials: Credentials;
  /** Says that a body is what it is not. */
  readonly isMislabelled: boolean;
}

/** The way to an account and into it: chance alone would hardly ever find it. */
const frequent = ["signUp", "confirmSignUp", "signIn", "answerChallenge", "refreshTokens"];

function stepsOf(operation: Operation): fc.Arbitrary<Step> {
  const schemas = operation.parameters.map(({ name, schema }) => [name, schema] as const);
  const ofPath = new Set(
    operation.parameters.flatMap((one) => (one.in === "path" ? one.name : [])),
  );
  const shareOf = (name: string) => (ofPath.has(name) ? 1 : 0.3);
  return fc.record({
    operation: fc.constant(named(operation)),
    parameters: recordOf(Object.fromEntries(schemas), shareOf),
    body: operation.body ? bodyOf(operation.body[1]) : fc.constant(undefined),
    credentials: credentialsFor(operation),
    isMislabelled: rarely(fc.constant(false), fc.constant(true)),
  });
}

/** Most requests have the body that they need. */
function bodyOf(schema: Schema): fc.Arbitrary<unknown> {
  return rarely(valuesFor(schema), fc.constant(undefined));
}

function rarely<T>(usual: fc.Arbitrary<T>, other: fc.Arbitrary<T>): fc.Arbitrary<T> {
  return fc.oneof({ weight: 50, arbitrary: usual }, { weight: 1, arbitrary: other });
}

const anyStep = fc.oneof(
  ...operations.map((operation) => ({
    weight: frequent.includes(operation.operationId) ? 4 : 1,
    arbitrary: stepsOf(operation),
  })),
);

/** The way of a person who signs up and in, to begin with: the other requests mostly are about somebody who exists. */
const journey: readonly Step[] = [
  usualStep("signUp", {
    username: newest("username"),
    password: newest("password"),
    attributes: { email: newest("username"), given_name: "Ada" },
  }),
  usualStep("confirmSignUp", { username: newest("username"), code: newest("code") }),
  usualStep("signIn", { username: newest("username"), password: newest("password") }),
];

/** A sequence of requests, most of them after somebody has signed in. */
export const sequences: fc.Arbitrary<readonly Step[]> = fc
  .tuple(
    fc.constantFrom(0, 1, 2, 3, 3, 3, 3),
    fc.array(anyStep, { minLength: 10, maxLength: 40, size: "max" }),
  )
  .map(([begun, steps]) => [...journey.slice(0, begun), ...steps]);

function usualStep(operationId: string, body: unknown): Step {
  const operation = operations.find((one) => one.operationId === operationId);
  if (!operation) throw new Error(`no operation ${operationId}`);
  const step = { parameters: {}, body, credentials: "none", isMislabelled: false } as const;
  return { ...step, operation: named(operation) };
}

function newest(kind: Kind): Known {
  return new Known(kind, 0);
}

function credentialsFor(operation: Operation): fc.Arbitrary<Credentials> {
  const others: fc.Arbitrary<Credentials> = fc.constantFrom("garbage", "none", "administrator");
  const usual = usualCredentials(operation);
  return fc.oneof({ weight: 12, arbitrary: usual }, { weight: 1, arbitrary: others });
}

function usualCredentials({ path, credentials }: Operation): fc.Arbitrary<Credentials> {
  if (credentials.includes("client")) return fc.constant("client");
  if (path.startsWith("/v1/admin/")) return fc.constant("administrator");
  return credentials.length > 0 ? known("access_token") : fc.constant("none");
}

/** Has a failure name the operation in place of all that it is. */
function named(operation: Operation): Operation {
  return Object.assign(Object.create(null), operation, {
    [fc.toStringMethod]: () => operation.operationId,
  });
}

import type { CognitoTrigger } from "../pool/trigger-functions.ts";

/** A function as AWS Lambda runs it for Node.js: it gives its result back, or calls back with it. */
type LambdaHandler = (event: unknown, context: object, callback: Callback) => unknown;
type Callback = (error: unknown, result?: unknown) => void;

/**
 * Gives the trigger that a module has: its `handler`, or what it exports by default.
 *
 * @throws {TypeError} it has neither
 */
export function triggerOfModule(module: unknown): CognitoTrigger {
  const { handler, default: usual }: Exports = Object(module);
  const { handler: inner }: Exports = Object(usual);
  const run = [handler, inner, usual].find(isHandler);
  if (!run) throw new TypeError("The module exports no handler.");
  return (event) => runHandler(run, event);
}

/** The exports that are looked for in a module, or in the default export of one of CommonJS. */
interface Exports {
  readonly handler?: unknown;
  readonly default?: unknown;
}

function isHandler(value: unknown): value is LambdaHandler {
  return typeof value === "function";
}

function runHandler(handler: LambdaHandler, event: unknown): Promise<unknown> {
  return new Promise((resolve, reject) => {
    const callback: Callback = (error, result) => {
      if (error === null || error === undefined) resolve(result);
      else reject(error);
    };
    const context = {
      awsRequestId: crypto.randomUUID(),
      functionName: "trigger",
      callbackWaitsForEmptyEventLoop: true,
      getRemainingTimeInMillis: () => 5000,
      done: callback,
      succeed: resolve,
      fail: reject,
    };
    const given = (result: unknown) => {
      // One that takes a callback says nothing by giving nothing back.
      if (result !== undefined || handler.length < 3) resolve(result);
    };
    Promise.resolve()
      .then(() => handler(event, context, callback))
      .then(given, reject);
  });
}

import { createSeededRandom } from "../../../adapters/memory/faults/seeded-random.ts";
import { CognitoException } from "./cognito-exception.ts";
import { answer, answerError } from "./wire.ts";

/** The faults that a request can meet. */
export const cognitoFaultKinds = [
  /** It is answered late. */
  "latency",
  /** It is one too many: `TooManyRequestsException`. */
  "throttling",
  /** `InternalErrorException`, before anything was done. */
  "server_error",
  /** A page of a proxy's that is no JSON, before anything was done. */
  "malformed_answer",
  /** It is done, and then never answered: the connection is left open until the client gives up. */
  "lost_answer",
  /** The documents of pools, key sets among them, are not to be had. */
  "keys_unavailable",
] as const;
export type CognitoFaultKind = (typeof cognitoFaultKinds)[number];

/** A fault to come. */
export interface CognitoFault {
  readonly kind: CognitoFaultKind;
  /** The operations that it meets. @default every one */
  readonly operations?: readonly string[];
  /** The number of requests that it meets at most. @default all, until faults are cleared */
  readonly times?: number;
  /** The share of the requests that it meets, 0 to 1. @default 1 */
  readonly rate?: number;
  /** For `latency`, in milliseconds. @default 100 */
  readonly delayMs?: number;
}

/** The way to make faults happen. */
export interface CognitoFaults {
  inject(fault: CognitoFault): void;
  /** Ends all faults. What hangs goes on hanging. */
  clear(): void;
}

/** The work of answering a request, as whoever does it. */
type Work = () => Promise<Response>;

/** Puts faults between requests and the work. The same lots are drawn for the same seed. */
export function createFaults(seed = 1): CognitoFaults & {
  /** @param operation - nothing, for a document */
  meet(operation: string | undefined, work: Work): Promise<Response>;
} {
  const draw = createSeededRandom(seed);
  let planned: { readonly fault: CognitoFault; left: number }[] = [];

  function next(operation: string | undefined): CognitoFault | undefined {
    const found = planned.find(
      ({ fault, left }) => left > 0 && meets(fault, operation) && draw() < (fault.rate ?? 1),
    );
    if (found) found.left -= 1;
    return found?.fault;
  }

  return {
    inject: (fault) => void planned.push({ fault, left: fault.times ?? Infinity }),
    clear() {
      planned = [];
    },
    async meet(operation, work) {
      const fault = next(operation);
      return fault ? happen(fault, work) : work();
    },
  };
}

function meets({ kind, operations }: CognitoFault, operation: string | undefined): boolean {
  if (operation === undefined || kind === "keys_unavailable")
    return operation === undefined && kind === "keys_unavailable";
  return operations?.includes(operation) ?? true;
}

async function happen({ kind, delayMs = 100 }: CognitoFault, work: Work): Promise<Response> {
  switch (kind) {
    case "latency":
      await new Promise((resolve) => setTimeout(resolve, delayMs));
      return work();
    case "throttling":
      return answerError(new CognitoException("TooManyRequests", "Rate exceeded"));
    case "server_error":
      return answerError(new CognitoException("InternalError", "Internal error"));
    case "malformed_answer":
      return new Response("<html>Bad Gateway</html>", {
        status: 502,
        headers: { "content-type": "text/html" },
      });
    case "lost_answer":
      await work();
      return new Promise(() => undefined);
    case "keys_unavailable":
      return answer({}, 503);
  }
}

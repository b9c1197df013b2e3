import type { ServerState } from "./answers.ts";
import { type Child, startChild } from "./child.ts";
import { quantile, type Slice } from "./measure.ts";
import type { LoadResult, LoadTarget } from "./processes/load.ts";
import type { RequestKind } from "./requests.ts";

/** A server and what loads it do not take each other's processor. */
export const serverProcessor = 0;
export const loadProcessor = 1;

const usualConnections = 128;
const durationMs = 250;

/** Starts what loads servers. */
export function startLoad(): Child {
  const script = "test/bench/processes/load.ts";
  return startChild({ script, args: [], runtime: "bun", processor: loadProcessor });
}

/** A server, and what it is asked for. */
export interface Loaded {
  /** Tells where the server is and how much it has worked. */
  readonly server: () => Promise<ServerState>;
  /** From {@link startLoad}. */
  readonly load: Child;
  readonly request: RequestKind;
  /** @default 128 */
  readonly connections?: number;
}

/** Loads a server for a while over connections that are kept, and tells what it did. */
export async function loadServer(loaded: Loaded): Promise<Slice> {
  const { result, processorMs } = await loadForAWhile(loaded);
  return { count: result.answered, clockMs: result.clockMs, processorMs };
}

/** Asks a server for a while, each time when the answer before is in. Gives the median as one answer. */
export async function askInTurn(loaded: Omit<Loaded, "connections">): Promise<Slice> {
  const { result, processorMs } = await loadForAWhile({ ...loaded, connections: 1 });
  return { count: 1, clockMs: result.medianMs, processorMs: processorMs / result.answered };
}

async function loadForAWhile({ server, load, request, connections = usualConnections }: Loaded) {
  const { port } = await server();
  await load.ask({ port, request, connections } satisfies LoadTarget);
  const before = await server();
  const result = await load.ask<LoadResult>(durationMs);
  const after = await server();
  return { result, processorMs: after.processorMs - before.processorMs };
}

/** Tells how busy a server was. */
export function busy(slices: readonly Slice[]): string {
  const shares = slices.map(({ processorMs, clockMs }) => processorMs / clockMs);
  return `${Math.round(quantile(shares, 0.5) * 100)} %`;
}

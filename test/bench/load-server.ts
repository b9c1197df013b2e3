import type { ServerState } from "./answers.ts";
import { type Child, startChild } from "./child.ts";
import { quantile, type Slice } from "./measure.ts";
import type { LoadResult, LoadTarget } from "./processes/load.ts";
import type { RequestKind } from "./requests.ts";

/** A server and what loads it do not take each other's processor. */
export const serverProcessor = 0;
export const loadProcessor = 1;

const connections = 128;
const durationMs = 250;

/** Starts what loads servers. */
export function startLoad(): Child {
  const script = "test/bench/processes/load.ts";
  return startChild({ script, args: [], runtime: "bun", processor: loadProcessor });
}

/** Loads a server for a while over connections that are kept, and tells what it did. */
export async function loadServer({
  server,
  load,
  request,
}: {
  /** Tells where the server is and how much it has worked. */
  readonly server: () => Promise<ServerState>;
  /** From {@link startLoad}. */
  readonly load: Child;
  readonly request: RequestKind;
}): Promise<Slice> {
  const { port } = await server();
  await load.ask({ port, request, connections } satisfies LoadTarget);
  const before = await server();
  const { answered, clockMs } = await load.ask<LoadResult>(durationMs);
  const after = await server();
  return { count: answered, clockMs, processorMs: after.processorMs - before.processorMs };
}

/** Tells how busy a server was. */
export function busy(slices: readonly Slice[]): string {
  const shares = slices.map(({ processorMs, clockMs }) => processorMs / clockMs);
  return `${Math.round(quantile(shares, 0.5) * 100)} %`;
}

import { isLoopback } from "../adapters/shared/secure-url.ts";
import type { Environment } from "../adapters/shared/settings.ts";

/** The place where a service answers, as far as its settings do not say. */
export interface Place {
  /** Whether it answers wherever the runtime says, as on Workers, and not at `HOST`. @default false */
  readonly isHosted?: boolean;
  /** Reads the files of a folder that are text, by their names, where the runtime has files. Throws what the runtime does. */
  readonly readTextFiles?: (folder: string) => ReadonlyMap<string, string>;
}

/** Tells whether others than this machine can reach a service. A name that is not known to be this machine's is not. */
export function isExposed({ HOST: host }: Environment, { isHosted = false }: Place): boolean {
  if (isHosted) return true;
  if (host === undefined || host === "") return false;
  return typeof host !== "string" || !isLoopback({ hostname: host === "::1" ? "[::1]" : host });
}

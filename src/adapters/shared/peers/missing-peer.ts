/**
 * Explains why a package could not be loaded that is there only for whoever uses what needs it: no installation of ours
 * brings it along.
 *
 * @param name - of the package, or of a module in it. A module of the runtime's own is no package that could be installed,
 *   and its absence stays as it is
 */
export function missingPeer(name: string, cause: unknown): unknown {
  if (name.startsWith("node:")) return cause;
  const peer = /^(?:@[^/]+\/)?[^/]+/.exec(name)?.[0] ?? name;
  return new Error(`The package ${peer} could not be loaded: npm install ${peer}`, { cause });
}

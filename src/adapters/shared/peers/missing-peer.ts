/**
 * Explains why a package could not be loaded that is there only for whoever uses what needs it: no installation of ours
 * brings it along.
 *
 * @param name - of the package, or of a module in it
 */
export function missingPeer(name: string, cause: unknown): Error {
  const peer = /^(?:@[^/]+\/)?[^/]+/.exec(name)?.[0] ?? name;
  return new Error(`The package ${peer} could not be loaded: npm install ${peer}`, { cause });
}

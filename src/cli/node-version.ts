import process from "node:process";

/** The oldest Node.js that has all that the commands use, as `engines` in the manifest says. */
const oldest = { major: 22, minor: 18 };

/** Loads a command, where this Node.js can run it; an older one is told so in a sentence, and ends with status 2. */
export async function whereNodeSuffices(load: () => Promise<unknown>): Promise<void> {
  const [major = 0, minor = 0] = process.versions.node.split(".").map(Number);
  if (major > oldest.major || (major === oldest.major && minor >= oldest.minor)) {
    await load();
    return;
  }
  const { major: ours, minor: least } = oldest;
  process.stderr.write(
    `Portico needs Node.js ${ours}.${least} or newer; this is ${process.version}.\n`,
  );
  process.exitCode = 2;
}

// Builds a base for the container image on a machine that cannot pull one: the running Node with the libraries that it links to,
// npm, and Debian's static busybox as the shell. Nothing is downloaded.
//   node scripts/build-image-base.mjs        prints the image's name
import { execFileSync } from "node:child_process";
import {
  cpSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  realpathSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import process from "node:process";

export const builtBase = `portico/base:node${process.versions.node}`;

/** The tools of the shell that a build of the image uses. */
const tools = ["sh", "rm", "env", "ls"];

/** The certificates that this machine trusts, with those of whoever stands between it and npm's registry. */
const trusted = process.env.NODE_EXTRA_CA_CERTS ?? "/etc/ssl/certs/ca-certificates.crt";

const certificates = "etc/ssl/certs/ca-certificates.crt";

/** @param {string} executable */
function librariesOf(executable) {
  const listing = execFileSync("ldd", [executable], { encoding: "utf8" });
  return [...listing.matchAll(/(\/\S+) \(0x/g)].map(([, path = ""]) => path);
}

/** The folder of the npm that is called by that name, whichever Node runs this. */
function npmFolder() {
  const links = (process.env.PATH ?? "").split(":").map((folder) => join(folder, "npm"));
  const found = links
    .filter((path) => existsSync(path))
    .map((path) => realpathSync(path))
    .find((path) => path.endsWith("/npm/bin/npm-cli.js"));
  if (found === undefined) throw new Error("npm is missing");
  return dirname(dirname(found));
}

/** @param {string} from @param {string} to */
function copy(from, to) {
  mkdirSync(dirname(to), { recursive: true });
  cpSync(from, to, { recursive: true, dereference: true });
}

/** @param {string} image the image's folder */
function fill(image) {
  const node = realpathSync(process.execPath);
  copy(node, join(image, "usr/local/bin/node"));
  for (const library of librariesOf(node)) copy(realpathSync(library), join(image, library));
  const busybox = ["/bin/busybox", "/usr/bin/busybox"].find((path) => existsSync(path));
  if (busybox === undefined) throw new Error("busybox is missing: apt-get install busybox-static");
  copy(busybox, join(image, "bin/busybox"));
  for (const tool of tools) symlinkSync("busybox", join(image, "bin", tool));
  copy(npmFolder(), join(image, "usr/local/lib/node_modules/npm"));
  symlinkSync("../lib/node_modules/npm/bin/npm-cli.js", join(image, "usr/local/bin/npm"));
  mkdirSync(join(image, "usr/bin"), { recursive: true });
  symlinkSync("/bin/env", join(image, "usr/bin/env"));
  if (existsSync(trusted)) copy(realpathSync(trusted), join(image, certificates));
  mkdirSync(join(image, "tmp"), { mode: 0o1777 });
  mkdirSync(join(image, "root"));
  writeFileSync(join(image, "etc/passwd"), "root:x:0:0::/root:/bin/sh\n");
}

/** Builds the base and gives its name. */
export function buildImageBase() {
  const folder = mkdtempSync(join(tmpdir(), "portico-base-"));
  try {
    const archive = join(folder, "image.tar");
    fill(join(folder, "image"));
    execFileSync("tar", ["-C", join(folder, "image"), "-cf", archive, "."]);
    const changes = [
      "ENV PATH=/usr/local/bin:/usr/bin:/bin",
      `ENV NODE_EXTRA_CA_CERTS=/${certificates}`,
    ];
    const flags = changes.flatMap((change) => ["--change", change]);
    execFileSync("docker", ["import", ...flags, archive, builtBase], { stdio: "pipe" });
    return builtBase;
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

if (process.argv[1] === import.meta.filename) console.log(buildImageBase());

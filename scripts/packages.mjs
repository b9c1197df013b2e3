// The packages that are made of this one source: what each has in it, and what its manifest says.
import { existsSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { root } from "./native.mjs";

/**
 * @typedef {object} Package
 * @property {string} name
 * @property {string} description
 * @property {readonly string[]} keywords
 * @property {Readonly<Record<string, string>>} entries the file of `src`, without its ending, by the subpath
 * @property {string} node the oldest Node.js that it is tested with
 * @property {string} typescript the oldest TypeScript that its types are tested with
 * @property {Readonly<Record<string, string>>} [bin]
 * @property {Readonly<Record<string, string>>} dependencies
 * @property {Readonly<Record<string, string>>} peers all of them optional
 * @property {readonly string[]} further files that it has besides, by their paths in the project
 * @property {string} readme
 */

const manifest = JSON.parse(readFileSync(join(root, "package.json"), "utf8"));

/** The frameworks whose versions `requireToken` is tested with. It asks for their types alone, and for Express's not even these. */
const frameworks = { fastify: "^4.29.0 || ^5.0.0", hono: "^4.6.0" };

/** The files of the entries of the project's own manifest are, by subpath: `./jwt` is `jwt`. */
const allEntries = Object.fromEntries(
  Object.keys(manifest.exports)
    .filter((subpath) => subpath !== "./package.json")
    .map((subpath) => [subpath, subpath === "." ? "index" : subpath.slice(2)]),
);

/** @type {Package} */
const whole = {
  name: manifest.name,
  description: manifest.description,
  keywords: manifest.keywords,
  entries: allEntries,
  node: "22.18",
  typescript: "5.7",
  bin: manifest.bin,
  dependencies: manifest.dependencies,
  peers: manifest.peerDependencies,
  further: ["openapi.yaml"],
  readme: "README.md",
};

/** @type {Package} */
const verifier = {
  name: "portico-jwt",
  description:
    "Verifies access tokens of any issuer: Hono, Express, Fastify, and whatever speaks fetch",
  keywords: ["jwt", "cognito", "oidc", "bearer", "dpop", "hono", "express", "fastify", "edge"],
  entries: { ".": "jwt", "./hono": "hono", "./express": "express", "./fastify": "fastify" },
  node: "20",
  typescript: "5.4",
  dependencies: {},
  peers: frameworks,
  further: [],
  readme: "docs/packages/portico-jwt.md",
};

/** @type {Package} */
const client = {
  name: "portico-client",
  description: "Sign-in, sessions and accounts in the browser, over a Portico service",
  keywords: ["authentication", "sign-in", "passkeys", "custom-elements", "browser"],
  entries: present({ ".": "client", "./elements": "elements" }),
  node: "20",
  typescript: "5.4",
  dependencies: {},
  peers: {},
  further: [],
  readme: "docs/packages/portico-client.md",
};

export const packages = [whole, verifier, client];

/**
 * The entries that the design names and that are not there yet, each with the reason. A test holds that the list is true,
 * so that nothing is left out of a package without a word.
 *
 * @type {Readonly<Record<string, string>>}
 */
export const notYet = {};

/** Where a package is built. @param {Package} pack */
export function folderOf({ name }) {
  return join(root, "dist", name);
}

/**
 * The manifest of a package, as it is published.
 * @param {Package} pack
 */
export function manifestOf({ name, description, keywords, entries, node, bin, ...pack }) {
  const { version, license, type, sideEffects } = manifest;
  const exported = Object.keys(entries).map((subpath) => [subpath, targetOf(subpath)]);
  const peers = Object.keys(pack.peers);
  return {
    name,
    version,
    description,
    keywords,
    license,
    type,
    sideEffects,
    engines: { node: `>=${node}` },
    ...(bin && { bin: mapped(bin, (path) => path.replace("./dist/", "./")) }),
    exports: { ...Object.fromEntries(exported), "./package.json": "./package.json" },
    ...(Object.keys(pack.dependencies).length > 0 && { dependencies: pack.dependencies }),
    ...(peers.length > 0 && {
      peerDependencies: pack.peers,
      peerDependenciesMeta: mapped(pack.peers, () => ({ optional: true })),
    }),
  };
}

/** The name of an entry's module in its package, without its ending. @param {string} subpath */
export function moduleOf(subpath) {
  return subpath === "." ? "index" : subpath.slice(2);
}

/** @param {string} subpath */
function targetOf(subpath) {
  const module = `./${moduleOf(subpath)}`;
  return { types: `${module}.d.ts`, default: `${module}.js` };
}

/**
 * Those entries of a package whose source is there by now.
 * @param {Readonly<Record<string, string>>} entries
 */
function present(entries) {
  return Object.fromEntries(
    Object.entries(entries).filter(([, file]) => existsSync(join(root, "src", `${file}.ts`))),
  );
}

/**
 * @template T
 * @template U
 * @param {Readonly<Record<string, T>>} record
 * @param {(value: T) => U} change
 */
function mapped(record, change) {
  return Object.fromEntries(Object.entries(record).map(([key, value]) => [key, change(value)]));
}

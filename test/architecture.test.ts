import { globSync } from "node:fs";
import { basename, join } from "node:path";
import { describe, expect, test } from "vitest";
import { providers } from "../src/adapters/index.ts";
import { computed, filesOf, type Import, importsOf, textOf } from "./support/import-graph.ts";

const root = join(import.meta.dirname, "..");
const wiring = /^src\/([^/]+|(runtimes|service|cli)\/.+)\.ts$/;

/** Who may import what: paths from the root, and packages by name. What no line allows is refused. */
interface Layer {
  readonly files: RegExp;
  readonly may: RegExp;
  /** What it may import besides, as types only. */
  readonly mayAsTypes?: RegExp;
}

/** The packages that adapters import, each with the one adapter that it is for, or with all of them. */
const vendorPackages: Readonly<Record<string, string>> = {
  jose: "all",
  "@aws-sdk/client-cognito-identity-provider": "cognito",
  "better-auth": "better-auth",
  ldapts: "ldap",
  "@simplewebauthn/server": "webauthn",
};

const layers: Readonly<Record<string, Layer>> = {
  "the domain": { files: /^src\/domain\/[^/]+$/, may: /^src\/domain\/[^/]+$/ },
  "the use cases": {
    files: /^src\/domain\/use-cases\//,
    may: /^src\/domain\//,
    mayAsTypes: /^src\/ports\//,
  },
  "the ports": {
    files: /^src\/ports\//,
    may: /^src\/ports\//,
    mayAsTypes: /^src\/domain\/[^/]+$/,
  },
  "the registry of providers": {
    files: /^src\/adapters\/(index|revocation-lists|shared-states|password-lists|captchas)\.ts$/,
    may: /^src\/adapters\/([^/]+\/index|shared\/settings)\.ts$/,
  },
  "what adapters share": {
    files: /^src\/adapters\/shared\//,
    may: /^(src\/adapters\/shared\/|src\/domain\/[^/]+$|zod\/mini$|jose\/base64url$)/,
    mayAsTypes: /^src\/ports\//,
  },
  ...Object.fromEntries(adapterNames().map((name) => [`the ${name} adapter`, adapter(name)])),
  "the elements": {
    files: /^src\/elements(\/|\.ts$)/,
    may: /^src\/(elements|client)\//,
  },
  "the script of the pages": {
    files: /^src\/http\/pages\/browser\//,
    may: /^src\/(http\/pages\/browser|elements|client)\//,
  },
  HTTP: {
    files: /^src\/http\//,
    may: /^src\/(http|domain)\/|^(hono|@hono\/zod-openapi|zod)(\/|$)/,
    mayAsTypes: /^src\/ports\//,
  },
  "the client": { files: /^src\/client(\/|\.ts$)/, may: /^src\/client\// },
  "the strict Cognito server": {
    files: /^src\/testing\/cognito-server\//,
    may: /^src\/(testing\/cognito-server\/|adapters\/(memory|shared)\/|domain\/[^/]+$)/,
    mayAsTypes: /^src\/ports\//,
  },
  "the testing kit": {
    files: /^src\/testing\//,
    may: /^src\/(testing\/|domain\/[^/]+$)/,
    mayAsTypes: /^src\/ports\//,
  },
};

/** The adapters are the folders that there are. */
function adapterNames(): readonly string[] {
  return globSync("src/adapters/*/", { cwd: root })
    .map((folder) => basename(folder))
    .filter((name) => name !== "shared");
}

/** An adapter sees the domain, the ports, its own folder, what adapters share, the JWT and JWE adapters and its own packages. */
function adapter(name: string): Layer {
  const folders = `adapters/(${name}|jwe|jwt|shared)/.+`;
  const packages = Object.keys(vendorPackages).filter((vendor) =>
    [name, "all"].includes(vendorPackages[vendor] ?? ""),
  );
  return {
    files: new RegExp(`^src/adapters/${name}/`),
    // A schema of settings belongs into the adapter's index, and nowhere else.
    may: new RegExp(
      `^src/(domain/[^/]+|ports/.+|${folders})$|^(${packages.join("|")})(/|$)|^zod/mini$`,
    ),
  };
}

/**
 * The files that import by a name which turns out later: the packages of an adapter, so that bundlers see them nowhere
 * else, and the modules that a user of the command names.
 */
const computing: readonly string[] = [
  "src/adapters/better-auth/database/packages.ts",
  "src/adapters/ldap/connection.ts",
  "src/adapters/opentelemetry/index.ts",
  "src/adapters/redis/connection.ts",
  "src/adapters/smtp/nodemailer.ts",
  "src/cli/commands/cognito-server.ts",
];

/** The entries that pages load. */
const forPages: readonly string[] = ["src/client.ts", "src/elements.ts"];

function isAllowed({ file, target, typeOnly }: Import): boolean {
  if (target === computed) return computing.includes(file);
  // Bundled, and loaded with that file when a code is drawn.
  if (target === "uqr") return file === "src/client/qr.ts";
  if (wiring.test(file) && !forPages.includes(file)) return true;
  const layer = Object.values(layers).find(({ files }) => files.test(file));
  if (!layer) return false;
  if (target === "zod/mini" && file.startsWith("src/adapters/"))
    return /\/(index|shared\/settings)\.ts$/.test(file);
  return layer.may.test(target) || (typeOnly && (layer.mayAsTypes?.test(target) ?? false));
}

const files = filesOf("src/**/*.ts");

describe("architecture", () => {
  test("every import points inwards", () => {
    const offences = files.flatMap(importsOf).filter((found) => !isAllowed(found));

    expect(offences).toEqual([]);
  });

  test("of jose the parts are imported that are used, as all of it takes longer to load than the verifier", () => {
    const whole = files.flatMap(importsOf).filter(({ target }) => target === "jose");

    expect(whole).toEqual([]);
  });

  test("every layer has files, so that no rule holds of nothing", () => {
    const empty = Object.entries(layers).filter(
      ([, layer]) => !files.some((file) => layer.files.test(file)),
    );

    expect(empty).toEqual([]);
  });

  test.each([
    ["src/domain/user.ts", "hono", false],
    ["src/domain/user.ts", "src/ports/clock.ts", true],
    ["src/domain/use-cases/sessions.ts", "src/ports/index.ts", false],
    ["src/ports/clock.ts", "jose", false],
    ["src/http/app.ts", "src/adapters/memory/index.ts", false],
    ["src/http/app.ts", "@aws-sdk/client-cognito-identity-provider", false],
    ["src/adapters/memory/index.ts", "src/adapters/cognito/index.ts", false],
    ["src/adapters/memory/tokens/token-issuer.ts", "zod/mini", false],
    [
      "src/adapters/memory/tokens/token-issuer.ts",
      "@aws-sdk/client-cognito-identity-provider",
      false,
    ],
    ["src/adapters/redis/index.ts", "@redis/client", false],
    ["src/adapters/shared/not-supported.ts", "src/adapters/memory/errors.ts", true],
    ["src/adapters/shared/not-supported.ts", "src/domain/use-cases/sessions.ts", true],
    ["src/ports/identity-provider.ts", "src/adapters/shared/not-supported.ts", true],
    ["src/adapters/memory/factors/passkeys.ts", "src/adapters/webauthn/index.ts", true],
    ["src/adapters/memory/factors/passkeys.ts", "@simplewebauthn/server", true],
    ["src/adapters/webauthn/index.ts", "src/adapters/memory/index.ts", true],
    ["src/adapters/cognito/sessions/sessions.ts", "src/domain/use-cases/sessions.ts", false],
    ["src/http/routes/sessions.ts", "src/service/compose.ts", false],
    ["src/elsewhere/settings.ts", "zod/mini", false],
    ["src/client.ts", "src/domain/errors.ts", false],
    ["src/client/errors.ts", "src/domain/errors.ts", true],
    ["src/client/transport.ts", "src/http/problem.ts", true],
    ["src/client/create-client.ts", "uqr", false],
    ["src/client/create-client.ts", "hono", false],
    ["src/http/app.ts", computed, false],
    ["src/runtimes/node.ts", computed, false],
  ])("%s may not import %s", (file, target, typeOnly) => {
    expect(isAllowed({ file, target, typeOnly })).toBe(false);
  });

  test("every package that is listed for an adapter is imported by it, or it is off the list", () => {
    const imported = files
      .flatMap(importsOf)
      .filter(({ file }) => file.startsWith("src/adapters/"));
    const unused = Object.entries(vendorPackages).filter(
      ([vendor, owner]) =>
        !imported.some(
          ({ file, target }) =>
            (target === vendor || target.startsWith(`${vendor}/`)) &&
            (owner === "all" || file.startsWith(`src/adapters/${owner}/`)),
        ),
    );

    expect(unused).toEqual([]);
  });

  test("the entries and what wires them are imported by nothing else", () => {
    const wired = files.flatMap(importsOf).filter(({ target }) => wiring.test(target));

    expect(wired.filter(({ file }) => !wiring.test(file))).toEqual([]);
  });

  test("the environment is read in the entries only", () => {
    const readers = files.filter((file) =>
      /process\.env|Deno\.env|import\.meta\.env/.test(textOf(file)),
    );

    expect(readers).toEqual([
      "src/cli/terminal.ts",
      "src/runtimes/bun.ts",
      "src/runtimes/deno.ts",
      "src/runtimes/lambda.ts",
      "src/runtimes/node.ts",
    ]);
  });

  test("neither the HTTP contract nor the domain nor the ports name a vendor", () => {
    const named = [
      ...files.filter((file) => /^src\/(domain|ports|http)\//.test(file)),
      "openapi.yaml",
    ].filter((file) => /\b(cognito|amazon|aws)\b/i.test(textOf(file)));

    expect(named).toEqual([]);
  });

  test("every provider of the registry runs the conformance suite", () => {
    const contracts = globSync("test/contract/*.test.ts", { cwd: root });
    const missing = Object.keys(providers).filter(
      (name) => !contracts.some((file) => file.startsWith(`test/contract/${name}`)),
    );

    expect(missing).toEqual([]);
  });
});

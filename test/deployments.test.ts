import { spawnSync } from "node:child_process";
import { existsSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { expect, test } from "vitest";
import { parse, parseAllDocuments } from "yaml";
import packageJson from "../package.json" with { type: "json" };
import { createApp } from "../src/http/app.ts";
import { settingNames } from "../src/service/settings.ts";
import { createMemoryPorts } from "./support/memory-ports.ts";

const root = join(import.meta.dirname, "..");
const read = (file: string) => readFileSync(join(root, file), "utf8");
const known = new Set(settingNames());

/** Variables in these files that are no settings of the service. */
const others = /^(?:NODE_ENV|POSTGRES_\w+|BASE)$/;

test("the image has each package that a setting asks for, in the versions that are tested here", () => {
  const image = JSON.parse(read("deploy/image/package.json")).dependencies;
  const { dependencies, devDependencies, peerDependencies } = packageJson;
  const tested: Readonly<Record<string, string>> = { ...devDependencies, ...dependencies };
  const frameworks = ["express", "fastify"];
  const wanted = [...Object.keys(dependencies), ...Object.keys(peerDependencies)].filter(
    (name) => !frameworks.includes(name),
  );

  expect(image).toEqual(Object.fromEntries(wanted.map((name) => [name, tested[name]])));
  const lock = JSON.parse(read("deploy/image/package-lock.json"));
  expect(lock.packages[""].dependencies).toEqual(image);
});

test("the Dockerfile takes what is there", () => {
  const dockerfile = read("Dockerfile");
  const copied = [...dockerfile.matchAll(/^COPY (?!--from)(.+) \S+$/gm)]
    .flatMap(([, files = ""]) => files.split(" "))
    .filter((file) => !file.startsWith("dist/"));

  expect(copied.length).toBeGreaterThan(1);
  expect(copied.filter((file) => !existsSync(join(root, file)))).toEqual([]);
  expect(dockerfile).toMatch(/^USER \d+:\d+$/m);
});

test("the compose file sets settings that there are, and no secret", () => {
  const { services } = parse(read("deploy/compose.yaml"));
  const { environment } = services.portico;

  expect(Object.keys(services)).toEqual(["portico", "postgres", "redis"]);
  expect(Object.keys(environment).filter((name) => !known.has(name))).toEqual([]);
  const secrets = Object.entries<string>(environment).filter(([name]) => /SECRET/.test(name));
  expect(secrets.every(([, value]) => /^\$\{\w+:\?/.test(value))).toBe(true);
});

interface Manifest {
  readonly kind: string;
  readonly apiVersion: string;
  readonly metadata: { readonly name: string };
  readonly data?: Readonly<Record<string, string>>;
  readonly spec?: {
    readonly template: {
      readonly spec: {
        readonly terminationGracePeriodSeconds: number;
        readonly securityContext: { readonly runAsNonRoot: boolean };
        readonly containers: readonly Readonly<
          Record<string, Record<string, Record<string, unknown>>>
        >[];
      };
    };
  };
}

test("the Kubernetes manifest asks for health where the service has it, and runs it as nobody", async () => {
  const documents = parseAllDocuments(read("deploy/kubernetes.yaml"));
  const manifests: Manifest[] = documents.map((document) => document.toJS());
  const pod = manifests.find(({ kind }) => kind === "Deployment")?.spec?.template.spec;
  const [container] = pod?.containers ?? [];
  const settings = manifests.find(({ kind }) => kind === "ConfigMap")?.data ?? {};
  const app = createApp(createMemoryPorts().ports);
  const probes = [container?.livenessProbe, container?.readinessProbe];

  expect(documents.flatMap(({ errors }) => errors)).toEqual([]);
  for (const probe of probes)
    expect((await app.request(String(probe?.httpGet?.path))).status).toBe(200);
  expect(Object.keys(settings).filter((name) => !known.has(name))).toEqual([]);
  expect(pod?.securityContext.runAsNonRoot).toBe(true);
  expect(container?.securityContext).toMatchObject({ readOnlyRootFilesystem: true });
  expect(pod?.terminationGracePeriodSeconds).toBeGreaterThan(15);
});

const hasSystemd = spawnSync("systemd-analyze", ["--version"]).status === 0;

test.skipIf(!hasSystemd)(
  "systemd finds no fault with the unit (where there is systemd-analyze)",
  () => {
    const unit = join(root, "deploy/portico.service");
    const { status, stderr } = spawnSync("systemd-analyze", ["verify", "--man=no", unit], {
      encoding: "utf8",
    });

    expect([status, stderr]).toEqual([0, ""]);
  },
);

test("each of them is told of in docs/deploying.md", () => {
  const page = read("docs/deploying.md");
  const files = [
    "../Dockerfile",
    "../deploy/compose.yaml",
    "../deploy/kubernetes.yaml",
    "../deploy/portico.service",
  ];

  expect(files.filter((file) => !page.includes(`(${file})`))).toEqual([]);
  const named = [...page.matchAll(/`([A-Z][A-Z0-9]*_[A-Z0-9_]+)`/g)].map(([, name = ""]) => name);
  expect(named.filter((name) => !known.has(name) && !others.test(name))).toEqual([]);
});

import { build } from "esbuild";
import { convertV4MiniflareOptions, Miniflare } from "miniflare";
import { root } from "../../scripts/native.mjs";

/** The Durable Objects that a Worker exports, as its bindings name them. */
const revocationsOnly = { REVOCATION_LIST_OBJECT: "RevocationListObject" };

/** Starts a Worker in workerd, with a KV namespace and the Durable Objects that it exports. */
export async function startWorker(
  entry: string,
  classes: Readonly<Record<string, string>> = revocationsOnly,
): Promise<Miniflare> {
  const { outputFiles } = await build({
    absWorkingDir: root,
    entryPoints: [entry],
    bundle: true,
    write: false,
    format: "esm",
    target: "es2024",
    platform: "browser",
    conditions: ["workerd", "worker", "browser"],
  });
  const contents = outputFiles[0]?.text ?? "";
  const miniflare = new Miniflare(
    convertV4MiniflareOptions({
      modules: [{ type: "ESModule", path: "worker.js", contents }],
      compatibilityDate: "2026-08-03",
      cf: false,
      kvNamespaces: ["REVOCATIONS"],
      durableObjects: Object.fromEntries(
        Object.entries(classes).map(([name, className]) => [name, { className, useSQLite: true }]),
      ),
    }),
  );
  await miniflare.ready;
  return miniflare;
}

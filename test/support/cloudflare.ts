import { build } from "esbuild";
import { convertV4MiniflareOptions, Miniflare } from "miniflare";
import { root } from "../../scripts/native.mjs";

/** Starts a Worker in workerd, with a KV namespace and the Durable Object that keeps revocations. */
export async function startWorker(entry: string): Promise<Miniflare> {
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
      durableObjects: {
        REVOCATION_LIST_OBJECT: { className: "RevocationListObject", useSQLite: true },
      },
    }),
  );
  await miniflare.ready;
  return miniflare;
}

import { buildWorker } from "../../scripts/build-worker.mjs";

/** Bundles the Workers once for all test files, from the source as it is now. */
export default async function setup(): Promise<void> {
  await buildWorker("every-provider");
  await buildWorker("cognito", { IDENTITY_PROVIDER: "cognito" });
}

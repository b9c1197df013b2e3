import { join } from "node:path";
import { service, writeModules } from "../../scripts/build-package.mjs";
import { root } from "../../scripts/native.mjs";

/** The modules of the package, where the build leaves them. */
export interface BuiltPackage {
  readonly jwt: string;
  readonly service: string;
}

/** Builds the package, as what is measured is what others install. */
export async function buildPackage(): Promise<BuiltPackage> {
  await writeModules();
  return {
    jwt: join(root, "dist/portico-jwt/index.js"),
    service: join(root, "dist/portico", service),
  };
}

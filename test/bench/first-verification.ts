import { type Fixture, readFixture } from "./fixture.ts";

/** Milliseconds from before the import of a verifier, in a process that has imported nothing like it. */
export interface FirstVerification {
  readonly importedMs: number;
  readonly verifiedMs: number;
}

/** How a verifier is imported and made. */
export interface Importer<Module> {
  load(): Promise<Module>;
  createVerifier(module: Module, fixture: Fixture): (token: string) => Promise<unknown>;
}

/** Imports a verifier, verifies the first token of the fixture, and tells how long it took; what a process does once. */
export async function reportFirstVerification<Module>(importer: Importer<Module>): Promise<void> {
  const [, , fixturePath = ""] = process.argv;
  const fixture = await readFixture(fixturePath);
  const [token = ""] = fixture.tokens;
  const startedAt = performance.now();
  const module = await importer.load();
  const importedMs = performance.now() - startedAt;
  await importer.createVerifier(module, fixture)(token);
  const report: FirstVerification = { importedMs, verifiedMs: performance.now() - startedAt };
  console.log(JSON.stringify(report));
}

import { amplifyGen1, amplifyGen2 } from "./amplify.ts";
import { cdkDefaults, cdkInFull } from "./cdk.ts";
import type { PoolDefinition } from "./definition.ts";
import { rarities, sam, serverless, serverlessMigration } from "./templates.ts";

/** Pools as tools make them, by what makes them. */
export const definitions: Readonly<Record<string, PoolDefinition>> = {
  "Amplify, first generation": amplifyGen1,
  "Amplify, second generation": amplifyGen2,
  "CDK, with its defaults": cdkDefaults,
  "CDK, in full": cdkInFull,
  SAM: sam,
  "Serverless, with a custom challenge": serverless,
  "Serverless, moving users over": serverlessMigration,
  "what is seldom said": rarities,
};

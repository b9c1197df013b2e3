import type { LambdaConfigType } from "@aws-sdk/client-cognito-identity-provider";
import type {
  CognitoTrigger,
  CognitoTriggerEvent,
  TriggerName,
} from "../../../src/testing/index.ts";
import { ada, startWorld, type WorldSetup } from "./support.ts";

/** The ARN that pools of {@link startWatched} name. */
export const arn = "arn:aws:lambda:us-east-1:000000000000:function:trigger";
/** Metadata that a client sends along. */
export const ClientMetadata = { from: "shop" };

/** A world that tells of every event of some triggers, and does with it what a function says. */
export async function startWatched(
  names: readonly TriggerName[],
  run: CognitoTrigger = (event) => event,
  setup: WorldSetup = {},
) {
  const events: CognitoTriggerEvent[] = [];
  const watched: CognitoTrigger = (event) => {
    events.push(structuredClone(event));
    return run(event);
  };
  const LambdaConfig: LambdaConfigType = Object.fromEntries(names.map((name) => [name, arn]));
  const world = await startWorld({
    ...setup,
    server: { triggers: Object.fromEntries(names.map((name) => [name, watched])) },
    pool: { LambdaConfig, ...setup.pool },
  });
  /** The events since the last time. */
  const taken = () => events.splice(0);
  return { world, taken, user: { UserPoolId: world.poolId, Username: ada } };
}

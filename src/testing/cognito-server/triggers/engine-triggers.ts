import type { Engine } from "../../../adapters/memory/engine.ts";
import type { Directory, UserPool } from "../directory/directory.ts";
import { triggerChallenge } from "./challenge-triggers.ts";
import { withMessages } from "./message-trigger.ts";

/** Gives an engine that asks the triggers of its pool what messages say, and what comes next in a custom challenge. */
export function withTriggers(directory: Directory, pool: UserPool, engine: Engine): Engine {
  const { client, settings } = engine;
  const messaging = withMessages(directory, pool, engine, client.id);
  if (!pool.configuration.LambdaConfig?.DefineAuthChallenge) return messaging;
  const customChallenge = triggerChallenge(directory, pool, client.id);
  return { ...messaging, settings: { ...settings, customChallenge } };
}

import * as z from "zod/mini";
import {
  type Environment,
  type ReadSettings,
  readSettings,
  wholeNumber,
} from "../adapters/shared/settings.ts";
import type { BrowserSessionLives } from "../domain/browser-session.ts";
import type { Seal } from "../ports/index.ts";
import { ownSecrets } from "./setting-forms.ts";

const daySeconds = 86_400;
const yearSeconds = 365 * daySeconds;

const fields = z.object({
  SESSION_SECRETS: z.optional(ownSecrets()),
  SESSION_ABSOLUTE_SECONDS: z._default(
    wholeNumber(300, yearSeconds, "must be 300 to 31536000 seconds"),
    30 * daySeconds,
  ),
  SESSION_IDLE_SECONDS: z._default(
    wholeNumber(300, yearSeconds, "must be 300 to 31536000 seconds"),
    7 * daySeconds,
  ),
});

/** The sessions that browsers keep in cookies, as the settings have them. */
export interface BrowserSessionSettings {
  readonly lives: BrowserSessionLives;
  /** The seal of their cookies, where there is a secret for it. */
  readonly seal: Seal | undefined;
  /** A notice that whoever starts the service must not overlook. */
  readonly notice?: string;
}

/** Every variable that {@link readBrowserSessionSettings} can look at. */
export function browserSessionSettingNames(): readonly string[] {
  return Object.keys(fields.shape);
}

/**
 * Reads how sessions of browsers are sealed and how long they last. Without a secret there are none.
 *
 * @param mayMakeUp - whether a secret may be made up where none is set: in development, where the accounts end with the
 *   process as well
 */
export function readBrowserSessionSettings(
  environment: Environment,
  mayMakeUp: boolean,
): ReadSettings<BrowserSessionSettings> {
  const read = readSettings(fields, environment);
  if (!read.ok) return read;
  const { SESSION_SECRETS, SESSION_ABSOLUTE_SECONDS, SESSION_IDLE_SECONDS } = read.value;
  const secrets = SESSION_SECRETS ?? (mayMakeUp ? [crypto.randomUUID()] : undefined);
  return {
    ok: true,
    value: {
      lives: { absoluteSeconds: SESSION_ABSOLUTE_SECONDS, idleSeconds: SESSION_IDLE_SECONDS },
      seal: secrets && createLazySeal(secrets),
      ...(secrets !== SESSION_SECRETS && { notice: madeUp }),
    },
  };
}

const madeUp =
  "  Browser sessions end with this process too, as their cookies are sealed with a secret made up for it (SESSION_SECRETS).";

/** Makes a seal that is loaded when it is first asked, as no start should wait for it. */
function createLazySeal(secrets: readonly string[]): Seal {
  let seal: Promise<Seal> | undefined;
  const load = () => {
    seal ??= import("../adapters/jwe/index.ts").then(({ createJweSeal }) =>
      createJweSeal({ secrets }),
    );
    return seal;
  };
  return {
    seal: async (purpose, text) => (await load()).seal(purpose, text),
    open: async (purpose, sealed) => (await load()).open(purpose, sealed),
  };
}

import * as z from "zod/mini";
import {
  type Environment,
  listOf,
  oneOf,
  type ReadSettings,
  readSettings,
} from "../adapters/shared/settings.ts";
import type { Place } from "./exposure.ts";

const fields = z.object({
  METRICS: z._default(oneOf(["on", "off"]), "off"),
  METRICS_TOKEN: z.optional(
    listOf(
      (token) => /^[\w.-]{32,256}$/.test(token),
      "must be 32 to 256 letters, digits, - . _; several with commas between, the newest first",
    ),
  ),
});

/** The settings of what operators see. */
export interface TelemetrySettings {
  /** The page of metrics, if there is to be one, and the tokens that open it: none for this machine alone. */
  readonly metrics: { readonly tokens: readonly string[] } | undefined;
  /** A notice that whoever starts the service must not overlook. */
  readonly notice?: string;
}

/** Every variable that {@link readTelemetrySettings} can look at. */
export function telemetrySettingNames(): readonly string[] {
  return Object.keys(fields.shape);
}

/**
 * Reads what operators are to see, and who may.
 *
 * @param isExposed - whether others than this machine can reach the service
 */
export function readTelemetrySettings(
  environment: Environment,
  isExposed: boolean,
  { isHosted = false }: Place = {},
): ReadSettings<TelemetrySettings> {
  const read = readSettings(fields, environment);
  if (!read.ok) return read;
  const { METRICS, METRICS_TOKEN: tokens = [] } = read.value;
  const isWanted = METRICS === "on";
  if (isWanted && isHosted) return { ok: true, value: { metrics: undefined, notice: uncollected } };
  if (isWanted && isExposed && tokens.length === 0) return { ok: false, faults: [unprotected] };
  return { ok: true, value: { metrics: isWanted ? { tokens } : undefined } };
}

const uncollected =
  "METRICS=on counts nothing here: each request may meet another instance, whose counts nobody can add up.";

const unprotected = "METRICS_TOKEN: is required off loopback with METRICS=on";

import * as z from "zod/mini";
import { isTrustworthyUrl } from "../../adapters/shared/secure-url.ts";
import {
  type Environment,
  oneOf,
  type ReadSettings,
  readSettings,
  secretList,
  textThat,
  wholeNumber,
} from "../../adapters/shared/settings.ts";
import { systemClock } from "../../adapters/system/clock.ts";
import {
  createWebhookEventSink,
  type WebhookEventSink,
  webhookSecretPattern,
} from "../../adapters/webhook/index.ts";
import type { Place } from "../exposure.ts";
import { ownSecrets } from "../setting-forms.ts";

const fields = z.object({
  METRICS: z._default(oneOf(["on", "off"]), "off"),
  METRICS_TOKEN: z.optional(ownSecrets()),
  TRACING: z._default(oneOf(["on", "off"]), "off"),
  EVENT_WEBHOOK_URL: z.optional(
    textThat(
      (text) => URL.canParse(text) && isTrustworthyUrl(new URL(text)),
      "must be an https address, or http on this machine, without a name and a password in it",
    ),
  ),
  EVENT_WEBHOOK_SECRET: z.optional(
    secretList(
      webhookSecretPattern,
      "must be whsec_ and 24 to 64 bytes in Base64, such as `echo whsec_$(openssl rand -base64 32)` gives",
    ),
  ),
  EVENT_RETENTION_DAYS: z._default(wholeNumber(0, 3650, "must be 0 to 3650 days"), 90),
});

/** The settings of what operators see. */
export interface TelemetrySettings {
  /** The page of metrics, if there is to be one, and the tokens that open it: none for this machine alone. */
  readonly metrics: { readonly tokens: readonly string[] } | undefined;
  /** Makes the sink that posts security events, if they are to be posted. */
  readonly webhook: ((parts: WebhookParts) => WebhookEventSink) | undefined;
  readonly eventRetentionDays: number;
  readonly isTraced: boolean;
  /** A notice that whoever starts the service must not overlook. */
  readonly notice?: string;
}

/** The parts that the sink of events is given besides its settings. */
export interface WebhookParts {
  readonly onLost: (count: number) => void;
  readonly waitUntil?: (work: Promise<unknown>) => void;
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
  const { METRICS, METRICS_TOKEN: tokens = [], EVENT_RETENTION_DAYS } = read.value;
  const { EVENT_WEBHOOK_URL: url, EVENT_WEBHOOK_SECRET: secrets } = read.value;
  const isWanted = METRICS === "on";
  const faults = [
    ...(isWanted && !isHosted && isExposed && tokens.length === 0 ? [unprotected] : []),
    ...(url !== undefined && secrets === undefined ? [unsigned] : []),
  ];
  if (faults.length > 0) return { ok: false, faults };
  return {
    ok: true,
    value: {
      metrics: isWanted && !isHosted ? { tokens } : undefined,
      webhook:
        url !== undefined && secrets
          ? (parts) => createWebhookEventSink({ url, secrets, clock: systemClock, ...parts })
          : undefined,
      isTraced: read.value.TRACING === "on",
      eventRetentionDays: EVENT_RETENTION_DAYS,
      ...(isWanted && isHosted && { notice: uncollected }),
    },
  };
}

const unsigned = "EVENT_WEBHOOK_SECRET: is required with EVENT_WEBHOOK_URL";

const uncollected =
  "METRICS=on counts nothing here: each request may meet another instance, whose counts nobody can add up.";

const unprotected = "METRICS_TOKEN: is required off loopback with METRICS=on";

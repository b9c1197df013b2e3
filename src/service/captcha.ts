import * as z from "zod/mini";
import { captchas } from "../adapters/captchas.ts";
import {
  type CaptchaModule,
  type Environment,
  listOf,
  oneOf,
  type ReadSettings,
  readSettings,
  textLike,
} from "../adapters/shared/settings.ts";
import type { Log } from "../adapters/system/json-lines.ts";
import { type CaptchaOperation, captchaOperations } from "../domain/captcha.ts";
import { isIdentityError } from "../domain/errors.ts";
import type { Captcha, CaptchaVerifier } from "../ports/index.ts";
import { reasonOf } from "./revocations.ts";

type CaptchaName = keyof typeof captchas;

const modules: Readonly<Record<CaptchaName, CaptchaModule>> = captchas;
const names = Object.keys(captchas) as CaptchaName[];

const isOperation = (name: string): name is CaptchaOperation =>
  captchaOperations.some((operation) => operation === name);

const schema = z.object({
  CAPTCHA: z._default(oneOf(["off", ...names]), "off"),
  CAPTCHA_OPERATIONS: z._default(
    listOf(
      isOperation,
      `must be one or more of ${captchaOperations.join(", ")}, with commas between`,
    ),
    captchaOperations,
  ),
  CAPTCHA_SITE_KEY: z.optional(
    textLike(/^[\w.:-]{1,256}$/, "must be the public key of a site, of at most 256 characters"),
  ),
  CAPTCHA_UNAVAILABLE: z._default(oneOf(["refuse", "accept"]), "refuse"),
});

/** Makes the captcha that the settings name, if they name one. */
export type CreateCaptcha = (log: Log) => Captcha | undefined;

/** Every variable that {@link readCaptchaSettings} can look at. */
export function captchaSettingNames(): readonly string[] {
  const own = Object.values(modules).flatMap(({ settingNames }) => settingNames);
  return [...Object.keys(schema.shape), ...own];
}

/** Reads who has to pass a captcha, and who says that they did. A secret without `CAPTCHA` would be a check that is not made. */
export function readCaptchaSettings(environment: Environment): ReadSettings<CreateCaptcha> {
  const read = readSettings(schema, environment);
  if (!read.ok) return read;
  const { CAPTCHA: name, CAPTCHA_OPERATIONS: operations, CAPTCHA_UNAVAILABLE: policy } = read.value;
  if (name === "off") {
    const isForgotten = !environment.CAPTCHA && Boolean(environment.CAPTCHA_SECRET);
    return isForgotten ? { ok: false, faults: [forgotten] } : { ok: true, value: () => undefined };
  }
  const made = modules[name].read(environment);
  if (!made.ok) return made;
  const { CAPTCHA_SITE_KEY: siteKey } = read.value;
  // Everyone is told the one, and nobody the other.
  if (siteKey !== undefined && secretsIn(environment).includes(siteKey))
    return { ok: false, faults: ["CAPTCHA_SITE_KEY: must be the public key, not CAPTCHA_SECRET"] };
  return {
    ok: true,
    value(log) {
      const { verifier, provider } = made.value();
      return {
        operations,
        provider,
        siteKey,
        verifier: withOutages(verifier, policy === "accept", log),
      };
    },
  };
}

function secretsIn({ CAPTCHA_SECRET: secrets }: Environment): readonly string[] {
  return typeof secrets === "string" ? secrets.split(",").map((secret) => secret.trim()) : [];
}

const forgotten = `CAPTCHA: is required where CAPTCHA_SECRET is set, and must be one of off, ${names.join(", ")}`;

/** Logs what is wrong with the service, and lets people by meanwhile where the operator wants that. */
function withOutages(verifier: CaptchaVerifier, lets: boolean, log: Log): CaptchaVerifier {
  const event = "captcha_service";
  return {
    async verify(proof) {
      try {
        await verifier.verify(proof);
      } catch (error) {
        if (isIdentityError(error, "rejected_by_policy")) throw error;
        log("error", { event, outcome: "failure", reason: reasonOf(error) });
        if (!lets || !isIdentityError(error, "provider_unavailable")) throw error;
      }
    },
  };
}

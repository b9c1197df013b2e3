import * as z from "zod/mini";
import { isClusterHttp, isTrustworthyUrl } from "../shared/secure-url.ts";
import { type CaptchaModule, listOf, onOrOff, readSettings, textThat } from "../shared/settings.ts";
import { createSiteverifyCaptcha } from "./captcha-verifier.ts";

export { createSiteverifyCaptcha, type SiteverifyOptions } from "./captcha-verifier.ts";

const schema = () =>
  z.object({
    /** The address that tokens are posted to. */
    CAPTCHA_URL: textThat(
      isServiceUrl,
      "must be an https address, or http on this machine or in the cluster, without a query",
    ),
    /** The secrets that the service knows us by. */
    CAPTCHA_SECRET: listOf(
      (secret) => /^[\x21-\x7e]{1,256}$/.test(secret),
      "must be a secret of the captcha service; several with commas between, the newest first",
    ),
    /** The hosts whose pages show the captcha. */
    CAPTCHA_HOSTNAMES: z.optional(
      listOf((name) => /^[a-z\d.-]+$/.test(name), "must be names of hosts, with commas between"),
    ),
    /** Whether each operation has a captcha of its own. */
    CAPTCHA_ACTION: onOrOff(),
  });

function isServiceUrl(text: string): boolean {
  if (!URL.canParse(text) || /[?#]/.test(text)) return false;
  const url = new URL(text);
  return isTrustworthyUrl(url) || isClusterHttp(url);
}

/** The captchas of a service that speaks `siteverify`. */
export const siteverifyCaptcha: CaptchaModule = {
  get settingNames() {
    return Object.keys(schema().shape);
  },
  read(environment) {
    const read = readSettings(schema(), environment);
    if (!read.ok) return read;
    const { value } = read;
    return {
      ok: true,
      value: () => ({
        verifier: createSiteverifyCaptcha({
          url: value.CAPTCHA_URL,
          secrets: value.CAPTCHA_SECRET,
          hostnames: value.CAPTCHA_HOSTNAMES,
          checksAction: value.CAPTCHA_ACTION,
        }),
        provider: providerAt(new URL(value.CAPTCHA_URL).hostname),
      }),
    };
  },
};

/** The services that are known by where they are, each by the name of its captcha. */
const providersByHost: Readonly<Record<string, string>> = {
  "challenges.cloudflare.com": "turnstile",
  "api.hcaptcha.com": "hcaptcha",
  "hcaptcha.com": "hcaptcha",
  "www.google.com": "recaptcha",
  "www.recaptcha.net": "recaptcha",
};

function providerAt(hostname: string): string | undefined {
  return providersByHost[hostname];
}

import * as z from "zod/mini";
import { isClusterHttp, isTrustworthyUrl } from "../shared/secure-url.ts";
import { type PasswordListModule, readSettings, textThat } from "../shared/settings.ts";
import { createCommonPasswords } from "./common.ts";
import { createPasswordRanges } from "./ranges.ts";

export { createCommonPasswords } from "./common.ts";
export { createPasswordRanges, type PasswordRangesOptions } from "./ranges.ts";

const schema = () =>
  z.object({
    /** The address that the ranges are asked at. */
    COMPROMISED_PASSWORDS_URL: z.optional(
      textThat(
        isRangesUrl,
        "must be an https address, or http on this machine or in the cluster, without a query",
      ),
    ),
  });

function isRangesUrl(text: string): boolean {
  if (!URL.canParse(text) || /[?#]/.test(text)) return false;
  const url = new URL(text);
  return isTrustworthyUrl(url) || isClusterHttp(url);
}

/** The most common passwords, in the package. */
export const commonPasswords: PasswordListModule = {
  settingNames: [],
  read: () => ({ ok: true, value: createCommonPasswords }),
};

/** The passwords that a service has ranges of. */
export const passwordRanges: PasswordListModule = {
  get settingNames() {
    return Object.keys(schema().shape);
  },
  read(environment) {
    const read = readSettings(schema(), environment);
    if (!read.ok) return read;
    const { COMPROMISED_PASSWORDS_URL: url } = read.value;
    return {
      ok: true,
      value: (onFailure) => createPasswordRanges({ onFailure, ...(url && { url }) }),
    };
  },
};

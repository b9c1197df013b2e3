import type { CaptchaModule } from "./shared/settings.ts";
import { siteverifyCaptcha } from "./siteverify/index.ts";

/** Every captcha that `CAPTCHA` can name: one line each. */
export const captchas = {
  siteverify: siteverifyCaptcha,
} satisfies Record<string, CaptchaModule>;

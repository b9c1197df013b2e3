/** The operations that a captcha can be asked for, by their names in the contract: each costs a message or makes an account. */
export const captchaOperations = ["signUp", "resendConfirmation", "forgotPassword"] as const;
export type CaptchaOperation = (typeof captchaOperations)[number];

/** An input that comes with the token of a captcha that was passed, if any was. */
export interface WithCaptchaToken {
  readonly captchaToken?: string | undefined;
}

import { IdentityError } from "../../../domain/errors.ts";
import { retryAfterSeconds } from "../errors/exception-meaning.ts";

/** Makes the error for an answer that Cognito would not give: an empty one, or one without what was asked for. */
export function unexpectedAnswer(missing: string): IdentityError {
  const cause = new Error(`The answer has no usable ${missing}.`);
  return new IdentityError("provider_unavailable", { retryAfterSeconds, cause });
}

/** Tells whether a member of an answer is a text with something in it. */
export function isText(value: unknown): value is string {
  return typeof value === "string" && value !== "";
}

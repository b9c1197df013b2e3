import type { Capability } from "../../src/domain/capabilities.ts";
import { strictFeatures } from "./cognito-strict-harness.ts";

/** What the adapter can do on the strict server. */
export const strictCapabilities: readonly Capability[] = [
  ...strictFeatures,
  "administration",
  "groups",
];

const endless = "Cognito lets a code be guessed as long as its session lives, as far as is known";

/** What does not hold whether the app client hides who exists or not. */
export const strictGaps = {
  "concurrency: hears few wrong answers where a sign-in code by mail is asked for": endless,
  "concurrency: hears few wrong answers where a sign-in code by text message is asked for": endless,
};

const tells =
  "Cognito says here that there is no such user, and only the sign-in with a code plays on";

/** What does not hold where the app client tells who exists. */
export const strictGapsWhereTold = {
  ...strictGaps,
  "code sign-in: offers an unknown user the same as a known one": tells,
  "custom challenges: ask an unknown user as they do a known one": tells,
};

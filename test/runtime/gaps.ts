import type { RuntimeName } from "../support/runtimes.ts";
import type { ProviderName } from "./services.ts";
import type { Gaps } from "./suite.ts";

/** What holds on no runtime, for a lack of the provider's stand-in. */
const providerGaps: Readonly<Record<ProviderName, Gaps>> = {
  memory: {},
  cognito: {
    "ends every session of a user at once": "cognito-local has no GlobalSignOut",
    "changes no password without the current one":
      "cognito-local answers a wrong current password as one that breaks the rules",
    "answers who asks for another confirmation code alike":
      "cognito-local has no ResendConfirmationCode",
    "revokes an access token for a service, and no other session's":
      "cognito-local puts no origin_jti into its tokens",
    "takes no access token of a session whose sign-out it was shown at":
      "cognito-local's tokens name no session",
    "takes no access token of a user who signed out everywhere":
      "cognito-local has no GlobalSignOut",
    "takes no access token of a user whom an administrator disabled":
      "cognito-local finds a user's groups by the subject only, so that nobody administers",
  },
};

/** What holds on neither provider, for a lack of the runtime's own HTTP server. */
const runtimeGaps: Readonly<Record<RuntimeName, Gaps>> = {
  node: {},
  deno: {},
  bun: {},
  worker: {
    "answers once or hangs up at an encoding twice":
      "workerd reads `chunked, chunked` as `chunked`, and leaves framing to the edge in front of it",
  },
};

export function gapsOf(runtime: RuntimeName, provider: ProviderName): Gaps {
  return { ...runtimeGaps[runtime], ...providerGaps[provider] };
}

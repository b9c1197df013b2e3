import { createJwtVerifier, createRevocationCheck } from "../../../src/adapters/jwt/index.ts";
import {
  createMemoryIdentityProvider,
  createMemoryRevocationList,
  type MemoryIdentityProviderOptions,
} from "../../../src/adapters/memory/index.ts";
import { systemClock } from "../../../src/adapters/system/clock.ts";
import { createLogEventSink } from "../../../src/adapters/system/event-sink.ts";
import { createJsonLinesLog } from "../../../src/adapters/system/json-lines.ts";
import { type AppOptions, createApp } from "../../../src/http/app.ts";
import { passkeyVerifier } from "../../adapters/webauthn/support.ts";
import { sums } from "../../contract/question.ts";
import { administratorGroup, administratorName } from "../administrator.ts";

/** A module that any of the four runtimes can serve. */
export interface FetchModule {
  fetch(request: Request): Response | Promise<Response>;
}

/**
 * Puts Portico together as a program that uses the library does, over users in memory, with what cannot be had by
 * environment variables. It is made at the first request: Workers make no random numbers while a module loads.
 */
export function serveLibrary(
  provider: MemoryIdentityProviderOptions,
  options: AppOptions = {},
): FetchModule {
  let app: FetchModule | undefined;
  return {
    fetch(request) {
      app ??= createLibraryApp(provider, options);
      return app.fetch(request);
    },
  };
}

function createLibraryApp(
  provider: MemoryIdentityProviderOptions,
  options: AppOptions,
): FetchModule {
  const { identity, keys, issuer, clientId, outbox } = createMemoryIdentityProvider({
    hashIterations: 1,
    customChallenge: sums,
    passkeys: passkeyVerifier(),
    refreshRotation: { graceSeconds: 60 },
    groups: [{ name: administratorGroup, members: [administratorName] }],
    // Lets requests that come at once in between each read and the write that depends on it.
    pause: () => new Promise((resolve) => setTimeout(resolve)),
    ...provider,
  });
  const revocations = createRevocationCheck({ list: createMemoryRevocationList(systemClock) });
  const { isRevoked } = revocations;
  const log = createJsonLinesLog("debug", systemClock, console.log);
  const tokens = createJwtVerifier({ issuer, clientIds: [clientId], keys, isRevoked });
  const events = createLogEventSink(log);
  return createApp(
    { identity, tokens, keys, events, clock: systemClock, revocations },
    { administrators: { groups: [administratorGroup], scopes: [] }, outbox, log, ...options },
  );
}

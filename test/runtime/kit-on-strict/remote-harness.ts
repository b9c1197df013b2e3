import { createCognitoIdentityProvider } from "../../../src/adapters/cognito/index.ts";
import { createJwtVerifier, createRemoteKeySet } from "../../../src/adapters/jwt/index.ts";
import type { HarnessControls, IdentityProviderHarness } from "../../../src/testing/index.ts";
import { adjustableClock } from "../../adapters/memory/support.ts";
import { newDevice } from "../../adapters/webauthn/support.ts";
import { newEmailUser, spellings } from "../../contract/new-email-user.ts";
import { publishedKeys } from "../../contract/published-keys.ts";
import { customChallenge } from "../../contract/question.ts";
import { forUnknownUsers } from "../../contract/unknown-users.ts";
import type {
  Control,
  ControlAnswer,
  ControlCall,
  OtherPool,
  StrictPlace,
} from "./strict-place.ts";

/** Puts the adapter on a new pool of a strict server in another process, whose clock goes with the adapter's. */
export async function startRemoteHarness(server: string): Promise<IdentityProviderHarness> {
  return harnessAt(server, await call<StrictPlace>(server, { action: "start" }));
}

function harnessAt(server: string, place: StrictPlace): IdentityProviderHarness {
  const { options, issuer, jwksUri, rotation, requiredAttribute } = place;
  const clock = adjustableClock();
  const terms = { issuer, clientIds: [options.clientId], clock };
  const keys = createRemoteKeySet({ uri: jwksUri, clock });
  const work = <Value = void>(control: Control) =>
    call<Value>(server, { action: "control", place: place.id, control });
  const startOther = async (other: OtherPool) =>
    harnessAt(server, await work<StrictPlace>({ action: "startOther", other }));
  const controls: Partial<HarnessControls> = {
    clock: {
      now: clock.now,
      async advance(seconds) {
        clock.advance(seconds);
        await work({ action: "advance", seconds });
      },
    },
    deliveries: {
      count: (username, purpose) => work<number>({ action: "count", username, purpose }),
    },
    deliveryFaults: { failNext: () => work({ action: "failNext" }) },
    disabling: { disable: (username) => work({ action: "disable", username }) },
    forcedReset: { demand: (username) => work({ action: "demand", username }) },
    groups: { create: (name) => work({ action: "createGroup", name }) },
    customChallenge,
    authenticator: { newDevice },
    spellings,
    publishedKeys: publishedKeys(terms, jwksUri),
    requiredMfa: { start: () => startOther("requiredMfa") },
    signUpApproval: { start: () => startOther("signUpApproval") },
    requiredAttribute: { ...requiredAttribute, start: () => startOther("requiredAttribute") },
    ...(rotation && { rotation }),
  };
  return {
    identity: createCognitoIdentityProvider({ ...options, ...forUnknownUsers, clock }),
    keys,
    tokens: createJwtVerifier({ ...terms, keys }),
    controls,
    newUser: newEmailUser,
    codeFor: (username, purpose) => work<string>({ action: "codeFor", username, purpose }),
    close: () => work({ action: "close" }),
  };
}

async function call<Value>(server: string, asked: ControlCall): Promise<Value> {
  const response = await fetch(server, { method: "POST", body: JSON.stringify(asked) });
  const { value, error }: ControlAnswer<Value> = await response.json();
  if (error !== undefined) throw new Error(error);
  return value;
}

import type { CognitoIdentityProviderOptions } from "../../../src/adapters/cognito/index.ts";
import type { CodePurpose, HarnessControls } from "../../../src/testing/index.ts";

/** A pool on a strict server, as an adapter in another process needs to know it. */
export interface StrictPlace {
  /** What the control server knows it by. */
  readonly id: string;
  /** But for the clock. */
  readonly options: CognitoIdentityProviderOptions;
  readonly issuer: string;
  readonly jwksUri: string;
  readonly rotation?: HarnessControls["rotation"];
  readonly requiredAttribute: { readonly name: string; readonly value: string };
}

/** The controls that have another pool made, which is set up otherwise. */
export type OtherPool = "requiredMfa" | "signUpApproval" | "requiredAttribute";

/** What a harness elsewhere asks to be done at a pool, as it cannot do it by itself. */
export type Control =
  | { readonly action: "startOther"; readonly other: OtherPool }
  | { readonly action: "close" }
  | { readonly action: "advance"; readonly seconds: number }
  | { readonly action: "failNext" }
  | { readonly action: "disable" | "demand"; readonly username: string }
  | { readonly action: "createGroup"; readonly name: string }
  | {
      readonly action: "codeFor" | "count";
      readonly username: string;
      readonly purpose: CodePurpose;
    };

/** What the control server is asked: to start a pool, or to do something at one. */
export type ControlCall =
  | { readonly action: "start" }
  | { readonly action: "control"; readonly place: string; readonly control: Control };

/** What it answers: what came of it, or the message of the error that did. */
export interface ControlAnswer<Value> {
  readonly value: Value;
  readonly error?: string;
}

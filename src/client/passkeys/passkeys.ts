import type { CallOptions, SignInInput } from "../options.ts";
import type { Schemas } from "../schemas.ts";
import type { Sessions } from "../session/sessions.ts";
import type { SignIn } from "../sign-in/sign-in.ts";
import type { Step } from "../sign-in/steps.ts";
import { createPasskey } from "../webauthn/ceremonies.ts";

/** Whose passkey is wanted. */
export type PasskeySignInInput = Pick<SignInInput, "username" | "keepSignedIn" | "client_metadata">;

/** Passkeys, loaded when they are first used. */
export interface Passkeys {
  /** Tells whether the browser has passkeys here. */
  isAvailable(): boolean;
  /** Tells whether the browser offers passkeys where it fills fields in. */
  isAutofillAvailable(): Promise<boolean>;
  /**
   * Signs in with a passkey, whom the user is asked for at once. Gives another step where the provider wants one.
   *
   * @throws {PorticoError} `passkey_cancelled`, `passkey_unavailable`, and the codes of `signIn` and `answerChallenge`
   */
  signIn(input: PasskeySignInInput, options?: CallOptions): Promise<Step>;
  /**
   * Signs in with a passkey that the user picks where the browser fills in a field with `autocomplete="username webauthn"`:
   * for a user who is remembered. Waits until then, or until the signal or another ceremony calls it off.
   */
  autofill(input: PasskeySignInInput, options?: CallOptions): Promise<Step>;
  /**
   * Makes a passkey of the user's who is signed in.
   *
   * @throws {PorticoError} `passkey_exists`, `passkey_cancelled`, `passkey_unavailable`, `passkey_rejected`,
   *   `reauthentication_required` and what else the operations answer
   */
  register(options?: CallOptions): Promise<void>;
  /** Gives the user's passkeys. */
  list(options?: CallOptions): Promise<readonly Schemas["Passkey"][]>;
  /** Takes a passkey away. */
  remove(id: string, options?: CallOptions): Promise<void>;
}

/** A challenge is asked for anew before it expires, in milliseconds. */
const challengeAgeMs = 120_000;

/** Makes the passkeys of a client. */
export function createPasskeys({ send }: Sessions, signIn: SignIn): Passkeys {
  const begin = (input: PasskeySignInInput, options: CallOptions) =>
    signIn({ ...input, factor: "passkey" }, options);
  return {
    isAvailable: () => typeof PublicKeyCredential !== "undefined",
    async isAutofillAvailable() {
      if (typeof PublicKeyCredential === "undefined") return false;
      return (await PublicKeyCredential.isConditionalMediationAvailable?.()) ?? false;
    },
    async signIn(input, options = {}) {
      const step = await begin(input, options);
      return step.type === "passkey" ? step.answer(undefined, options) : step;
    },
    async autofill(input, options = {}) {
      for (;;) {
        const step = await begin(input, options);
        if (step.type !== "passkey") return step;
        const next = await forSomeTime(challengeAgeMs, options.signal, (signal) =>
          step.answer(undefined, { signal, autofill: true }),
        );
        if (next) return next;
      }
    },
    async register({ signal } = {}) {
      const { options } = await send("post", "/v1/me/passkeys/registration", { signal });
      const made = await createPasskey(options, { signal });
      const credential = made as Schemas["RegistrationCredential"];
      await send("post", "/v1/me/passkeys", { body: { credential }, signal });
    },
    async list({ signal } = {}) {
      return (await send("get", "/v1/me/passkeys", { signal })).passkeys;
    },
    remove: (id, { signal } = {}) =>
      send("delete", "/v1/me/passkeys/{id}", { params: { id }, signal }),
  };
}

/** Does something until a time is over, and gives nothing then. A caller's own signal ends it with that signal's reason. */
async function forSomeTime<T>(
  milliseconds: number,
  signal: AbortSignal | undefined,
  act: (signal: AbortSignal) => Promise<T>,
): Promise<T | undefined> {
  const controller = new AbortController();
  const abort = () => controller.abort(signal?.reason);
  signal?.addEventListener("abort", abort);
  let isOver = false;
  const timer = setTimeout(() => {
    isOver = true;
    controller.abort();
  }, milliseconds);
  try {
    return await act(controller.signal);
  } catch (error) {
    if (isOver && !signal?.aborted) return undefined;
    throw error;
  } finally {
    clearTimeout(timer);
    signal?.removeEventListener("abort", abort);
  }
}

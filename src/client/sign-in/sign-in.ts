import { late } from "../late.ts";
import type { CallOptions, SignInInput } from "../options.ts";
import type { LoadQr } from "../qr.ts";
import type { AnswerOf, BodyOf, Schemas } from "../schemas.ts";
import type { Sessions } from "../session/sessions.ts";
import type { Transport } from "../transport.ts";
import type { PasskeyStep, Step } from "./steps.ts";

type Answered = AnswerOf<"post", "/v1/sign-in">;
type Body = BodyOf<"post", "/v1/sign-in/challenge">;

/** Loads what draws codes, when it is first used. */
export const loadQr: LoadQr = () => late(import("../qr.ts"));

/** Begins sign-ins. */
export type SignIn = (input: SignInInput, options?: CallOptions) => Promise<Step>;

/**
 * Makes the machine that takes a sign-in from step to step. The session of a challenge goes from answer to answer in it.
 *
 * @param isKept - whether sessions outlive the browser, where a sign-in does not say
 */
export function createSignIn(
  { send }: Transport,
  sessions: Pick<Sessions, "asking" | "start">,
  isKept: boolean,
): SignIn {
  return async ({ keepSignedIn = isKept, ...body }, { signal } = {}) => {
    const headers = sessions.asking(keepSignedIn);
    return stepOf(await send("post", "/v1/sign-in", { body, headers, signal }));

    async function stepOf(answered: Answered): Promise<Step> {
      if (answered.status === "challenge") return challenged(answered.challenge);
      await sessions.start(answered);
      return { type: "signed_in" };
    }

    function challenged({ session, ...challenge }: Schemas["Challenge"]): Step {
      const { type, ...parameters } = challenge;
      const reply =
        (as: string) =>
        async (answer: object, { signal }: CallOptions = {}) => {
          const body = { ...answer, type: as, session } as Body;
          return stepOf(await send("post", "/v1/sign-in/challenge", { body, headers, signal }));
        };
      const answer = reply(type);
      const recover = reply("recovery_code");
      switch (challenge.type) {
        case "new_password":
        case "select_factor":
        case "custom":
          return { ...challenge, answer } as Step;
        case "totp":
        case "select_mfa":
          return { ...challenge, answer, recover } as Step;
        case "sms_code":
        case "email_code": {
          const resend = async ({ signal }: CallOptions = {}) => {
            await send("post", "/v1/sign-in/challenge/resend", { body: { session }, signal });
          };
          return { ...challenge, answer, recover, resend } as Step;
        }
        case "mfa_setup": {
          const { totp } = challenge;
          const qr = async () => totp && (await loadQr()).qrCode(totp.uri);
          return { ...challenge, answer, qr };
        }
        case "passkey":
          return {
            ...challenge,
            async answer(given: Parameters<PasskeyStep["answer"]>[0], options = {}) {
              if (given?.credential) return answer(given, options);
              const { getPasskey } = await late(import("../webauthn/ceremonies.ts"));
              const credential = await getPasskey(challenge.options, options);
              return answer({ ...given, credential }, options);
            },
          };
        default:
          return { type: "unknown", name: type, parameters, answer };
      }
    }
  };
}

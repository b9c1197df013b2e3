import type { CallOptions } from "../options.ts";
import type { Schemas } from "../schemas.ts";
import type { CeremonyOptions } from "../webauthn/ceremonies.ts";

/** The wire's challenges by their types. */
type ChallengeOf<Type extends string> = Extract<Schemas["Challenge"], { type: Type }>;

/** An answer as it is given here: the machine adds what goes with it. */
type AnswerTo<Name extends keyof Schemas> = Omit<Schemas[Name], "type" | "session">;

/** A step that an answer leads on from. */
interface Answerable<Answer> {
  /**
   * Answers, and gives the next step. After `code_mismatch` or a password that was refused the same step can be answered
   * again; after `challenge_expired` the sign-in begins anew.
   *
   * @throws {PorticoError} the codes of `answerChallenge`
   */
  answer(answer: Answer, options?: CallOptions): Promise<Step>;
}

/** A step that asks for a second factor. */
interface Recoverable {
  /**
   * Answers with a recovery code in the factor's place. It is good once.
   *
   * @throws {PorticoError} `not_supported` — the provider has none; and the codes of `answerChallenge`
   */
  recover(answer: AnswerTo<"RecoveryCodeAnswer">, options?: CallOptions): Promise<Step>;
}

/** The user is signed in. */
export interface SignedInStep {
  readonly type: "signed_in";
}

/** Asks for a code of the user's authenticator app. */
export interface TotpStep extends Answerable<AnswerTo<"CodeAnswer">>, Recoverable {
  readonly type: "totp";
  /** The user's name for the app. */
  readonly device_name?: string;
}

type CodeType = ChallengeOf<"sms_code" | "email_code">["type"];

/** Asks for a code that was sent. */
export interface CodeStep<Type extends CodeType = CodeType>
  extends Answerable<AnswerTo<"CodeAnswer">>,
    Recoverable {
  readonly type: Type;
  readonly delivery?: Schemas["Delivery"];
  /** Has another code sent, which makes the one before worthless. `not_supported` where the provider cannot. */
  resend(options?: CallOptions): Promise<void>;
}

/** Asks for a password of the user's own in place of a temporary one. */
export interface NewPasswordStep extends Answerable<AnswerTo<"NewPasswordAnswer">> {
  readonly type: "new_password";
  /** The attributes that have to be given along. */
  readonly required_attributes: readonly string[];
}

/** A second factor has to be set up first: answer with the `method`, then, where `totp` is there, with a `code`. */
export interface MfaSetupStep extends Answerable<AnswerTo<"MfaSetupAnswer">> {
  readonly type: "mfa_setup";
  readonly methods: ChallengeOf<"mfa_setup">["methods"];
  /** The secret for an authenticator app, once that was chosen. */
  readonly totp?: Schemas["TotpSecret"];
  /** Gives the secret as a QR code, in SVG. Nothing until `totp` is there. */
  qr(): Promise<string | undefined>;
}

/** Asks which second factor it shall be. */
export interface SelectMfaStep extends Answerable<AnswerTo<"SelectMfaAnswer">>, Recoverable {
  readonly type: "select_mfa";
  readonly methods: ChallengeOf<"select_mfa">["methods"];
}

/** Asks what the sign-in shall begin with. */
export interface SelectFactorStep extends Answerable<AnswerTo<"SelectFactorAnswer">> {
  readonly type: "select_factor";
  readonly factors: ChallengeOf<"select_factor">["factors"];
}

/** Asks for a passkey: without a `credential` the browser is asked for one. */
export interface PasskeyStep {
  readonly type: "passkey";
  /** `PublicKeyCredentialRequestOptionsJSON` of Web Authentication. */
  readonly options: Readonly<Record<string, unknown>>;
  /**
   * Answers with a passkey of the browser's.
   *
   * @throws {PorticoError} `passkey_cancelled`, `passkey_unavailable`, and the codes of `answerChallenge`
   */
  answer(answer?: Partial<AnswerTo<"PasskeyAnswer">>, options?: CeremonyOptions): Promise<Step>;
}

/** A question that only the operator's own pages know. */
export interface CustomStep extends Answerable<AnswerTo<"CustomAnswer">> {
  readonly type: "custom";
  /** The provider's name for it. */
  readonly name?: string;
  readonly parameters: Readonly<Record<string, string>>;
}

/** A challenge that this client does not know. A page that does can answer it with the members that the document names. */
export interface UnknownStep extends Answerable<Readonly<Record<string, unknown>>> {
  readonly type: "unknown";
  /** The type of the challenge. */
  readonly name: string;
  /** All of the challenge besides. */
  readonly parameters: Readonly<Record<string, unknown>>;
}

/** Where a sign-in has got to: `switch` over its `type`. */
export type Step =
  | SignedInStep
  | TotpStep
  | CodeStep<"sms_code">
  | CodeStep<"email_code">
  | NewPasswordStep
  | MfaSetupStep
  | SelectMfaStep
  | SelectFactorStep
  | PasskeyStep
  | CustomStep
  | UnknownStep;

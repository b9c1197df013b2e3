import type { RejectionReason, TokenRejection } from "../../domain/errors.ts";

/** The verdict on a token. */
export type Verdict =
  | { readonly outcome: "accepted"; readonly message: string }
  | {
      readonly outcome: "refused";
      /** The verifier's own word. */
      readonly reason: TokenRejection;
      /** The verifier's word for which of the faults it was that the reason stands for. */
      readonly detail?: RejectionReason | undefined;
      readonly message: string;
    }
  | { readonly outcome: "unknown"; readonly message: string };

/** The parties that a token was held against, as far as they are known. */
export interface Expectations {
  readonly issuer?: string | undefined;
  readonly clientIds?: readonly string[];
  readonly audiences?: readonly string[];
  readonly algorithms?: readonly string[];
}

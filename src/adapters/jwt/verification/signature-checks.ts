import type { ReadToken } from "../format/token-reader.ts";
import type { VerificationKey } from "../keys/verification-keys.ts";

/** The check of a token's signature, from its beginning to its end. */
export interface SignatureCheck {
  readonly token: string;
  readonly key: VerificationKey;
  readonly isGood: boolean | Promise<boolean>;
  readonly tail: number;
  isOver: boolean;
}

/** Checks signatures, each token's once at a time. */
export interface SignatureChecks {
  /**
   * Begins to check a signature, or gives the check that somebody else began for the same token and key.
   *
   * @param tail - of the token, as from `tailOf`
   * @throws what the runtime throws at a signature that it cannot even look at
   */
  begin(token: ReadToken, tail: number, key: VerificationKey): SignatureCheck;
  /** Is to be called once the check's outcome was waited for, by each who has it. */
  end(check: SignatureCheck): void;
}

/**
 * Makes the checks of signatures. One by itself is checked at once where the runtime has a way, see `nativeChecks`;
 * those that come while others are under way go to other threads, which check some at a time.
 */
export function createSignatureChecks(): SignatureChecks {
  const noted = new Map<number, SignatureCheck>();
  let underWay = 0;
  return {
    begin(token, tail, key) {
      const shared = noted.get(tail);
      if (shared?.token === token.text && shared.key === key) return shared;
      const isGood = underWay === 0 ? checkSoon(token, key) : checkAside(token, key);
      const begun = { token: token.text, key, isGood, tail, isOver: false };
      noted.set(tail, begun);
      underWay += 1;
      return begun;
    },
    end(check) {
      if (check.isOver) return;
      check.isOver = true;
      underWay -= 1;
      if (noted.get(check.tail) === check) noted.delete(check.tail);
    },
  };
}

function checkSoon(token: ReadToken, key: VerificationKey): boolean | Promise<boolean> {
  return key.native?.now(token.signature, token.signingInput) ?? checkAside(token, key);
}

/**
 * Asks WebCrypto itself, where nothing is better: a library's function for a whole JWS decodes and encodes all segments
 * once more, and at that takes longer than the signature.
 */
function checkAside(
  { signature, signingInput }: ReadToken,
  key: VerificationKey,
): Promise<boolean> {
  if (!key.key) return key.native.aside(signature, signingInput);
  return crypto.subtle.verify(key.verification, key.key, signature, signingInput);
}

import { type IdentityError, isIdentityError, type TokenRejection } from "../../domain/errors.ts";
import { ContractFailure, describeError } from "../expectations.ts";
import type { TokenVerifierLibrary } from "./library.ts";

/**
 * One line of what a token verifier or a key set must hold, and how to try it. Plain data: any test runner can give
 * each case its name and call `run`, which resolves when the line holds and rejects with a {@link ContractFailure}
 * when it does not. Cases use no network and share nothing, so they need no order and may run side by side.
 */
export interface TokenVerifierCase {
  /** The line's id, a colon and a sentence, unique within the corpus. */
  readonly name: string;
  run(library: TokenVerifierLibrary): Promise<void>;
}

/** Makes a case. */
export function verifierCase(
  name: string,
  run: (library: TokenVerifierLibrary) => Promise<void>,
): TokenVerifierCase {
  return {
    name,
    async run(library) {
      try {
        await run(library);
      } catch (error) {
        const told = error instanceof ContractFailure ? error.message : describeError(error);
        throw new ContractFailure(`${name}\n  ${told}`, { cause: error });
      }
    },
  };
}

/** Expects that a token is refused, for one of the given reasons if any are given. */
export async function expectRefusal(
  verified: Promise<unknown>,
  ...rejections: readonly TokenRejection[]
): Promise<IdentityError> {
  const expected = `expected a refusal${rejections.length > 0 ? ` for ${rejections.join(" or ")}` : ""}`;
  try {
    await verified;
  } catch (error) {
    if (!isIdentityError(error, "invalid_token", "token_expired", "token_revoked"))
      throw new ContractFailure(`${expected}, but it was ${describeError(error)}`, {
        cause: error,
      });
    const { rejection } = error;
    if (rejection && (rejections.length === 0 || rejections.includes(rejection))) return error;
    throw new ContractFailure(`${expected}, but it was for ${rejection}`, { cause: error });
  }
  throw new ContractFailure(`${expected}, but the token was taken`);
}

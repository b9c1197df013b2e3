import * as base64url from "jose/base64url";
import { IdentityError, isIdentityError } from "../../../domain/errors.ts";
import type { Authentication } from "./authentication.ts";

/**
 * The policies that an adapter can have on an account which is not confirmed, as Cognito tells anyone that it is not.
 */
export const unconfirmedPolicies = ["hidden", "told"] as const;
export type UnconfirmedPolicy = (typeof unconfirmedPolicies)[number];

/** Passes on the outcome of a sign-in with a password, but for what whoever knows no password must not hear. */
export type UnconfirmedGuard = <T>(
  username: string,
  signedIn: Promise<T>,
  by: Pick<Authentication, "byPassword">,
) => Promise<T>;

/** Passes on all that Cognito says. */
export const passThroughGuard: UnconfirmedGuard = (_username, signedIn) => signedIn;

/**
 * Makes a guard that tells only who knows the password that an account is not confirmed. Amazon Cognito says it of
 * every password, as it looks at none before the account is confirmed, and means to. So a password that nobody can have
 * is tried as well: where that too is answered with the state of the account, the answer says nothing of the password,
 * and stands for nothing but a refusal. From then on it is so for all users, and nothing more is tried. It costs the
 * account one wrong password where Cognito, or a server in its place, looks at the password first.
 *
 * @see https://github.com/aws/aws-sdk-js/issues/4608
 * @see https://github.com/amazon-archives/amazon-cognito-identity-js/issues/288
 */
export function createUnconfirmedGuard(): UnconfirmedGuard {
  let isDisclosedToAnyone = false;

  async function isDisclosed(
    username: string,
    { byPassword }: Pick<Authentication, "byPassword">,
  ): Promise<boolean> {
    const wrongPassword = base64url.encode(crypto.getRandomValues(new Uint8Array(32)));
    try {
      // The service's own try, and so from its own address.
      await byPassword(username, wrongPassword, {});
      return true;
    } catch (error) {
      if (isIdentityError(error, "user_not_confirmed")) return true;
      if (isIdentityError(error, "invalid_credentials")) return false;
      throw error;
    }
  }

  return async (username, signedIn, by) => {
    try {
      return await signedIn;
    } catch (error) {
      if (!isIdentityError(error, "user_not_confirmed")) throw error;
      // That it is not so is not remembered: whoever confirms in between could have it remembered wrongly.
      isDisclosedToAnyone ||= await isDisclosed(username, by);
      if (!isDisclosedToAnyone) throw error;
      throw new IdentityError("invalid_credentials", { cause: error.cause });
    }
  };
}

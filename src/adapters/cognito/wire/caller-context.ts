import type { WithCallerAddress } from "../../../domain/ip-address.ts";
import type { ProviderMethod } from "../errors/exception-meaning.ts";
import type { CognitoInput } from "./transport.ts";

/** The context of a call that is signed with AWS credentials. */
type ContextData = NonNullable<CognitoInput<"AdminInitiateAuth">["ContextData"]>;

/** The context of a call that is not. */
type UserContextData = NonNullable<CognitoInput<"InitiateAuth">["UserContextData"]>;

/**
 * Tells Cognito's threat protection who called, or nothing where that is not known: it would judge by the service's own
 * address. Headers are left out, as they are the caller's own and the address is what is judged by.
 *
 * @see https://docs.aws.amazon.com/cognito-user-identity-pools/latest/APIReference/API_ContextDataType.html
 */
export function contextData(
  method: ProviderMethod,
  { callerAddress }: WithCallerAddress,
): ContextData | undefined {
  if (callerAddress === undefined) return undefined;
  return {
    IpAddress: plainAddress(callerAddress),
    ServerName: "portico",
    ServerPath: `/${method}`,
    HttpHeaders: [],
  };
}

/**
 * The same for a call that is not signed. It counts only from an app client with
 * `EnablePropagateAdditionalUserContextData`.
 *
 * @see https://docs.aws.amazon.com/cognito-user-identity-pools/latest/APIReference/API_UserContextDataType.html
 */
export function userContextData({ callerAddress }: WithCallerAddress): UserContextData | undefined {
  return callerAddress === undefined ? undefined : { IpAddress: plainAddress(callerAddress) };
}

/** An address as others know it: without a zone, and of IPv4 as such where a socket of IPv6 took it (RFC 4291 section 2.5.5.2). */
function plainAddress(address: string): string {
  return address.replace(/%.*$/, "").replace(/^::ffff:(?=[\d.]+$)/i, "");
}

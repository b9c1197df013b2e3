import type { AnyPrincipal, Principal } from "../../../domain/principal.ts";
import type { KeySet } from "../../../ports/index.ts";
import type { JsonObject } from "../../shared/json-object.ts";
import { signatureAlgorithm } from "../format/algorithms.ts";

/** One value of `iss`, compared character by character, and the keys of whoever uses it. */
export interface IssuerKeys {
  readonly issuer: string;
  readonly keys: KeySet;
}

/**
 * An issuer whose access tokens are taken, and the terms of that. Made by {@link cognitoIssuer}, {@link oauthIssuer} and
 * {@link oidcIssuer}, or by hand for an issuer that is like none of them.
 */
export interface TrustedIssuer<P extends AnyPrincipal = Principal> {
  /** All names under which it issues tokens: at least one. A name is never verified with another name's keys. */
  readonly issuers: readonly IssuerKeys[];
  /** The signature algorithms that it uses: asymmetric ones only, and at least one. */
  readonly algorithms: readonly string[];
  /** The values of `typ` that a header may have, compared as a media type; `undefined` stands for none at all. */
  readonly tokenTypes: readonly (string | undefined)[];
  /** Takes a token whose header names an address of its key (`jku`), which nobody looks at. @default refused */
  readonly ignoreJku?: boolean | undefined;
  /** Takes a token that names no key, where exactly one of the published ones fits. @default refused */
  readonly allowMissingKeyId?: boolean | undefined;
  /** The longest life that it gives a token, in seconds. */
  readonly maxLifeSeconds: number;
  /**
   * Tells whom a token speaks for, from claims whose signature and issuer held; times are looked after elsewhere.
   *
   * @throws {IdentityError} `invalid_token` — it is not to be taken; whatever else is thrown counts as that as well
   */
  readPrincipal(claims: JsonObject): P;
}

/** Reads the claims that an issuer's tokens hold besides, for those of an application that know them. */
export interface ClaimReader<Claims extends object> {
  /**
   * Makes the `claims` of the principal, from claims whose signature and issuer held. An error that it throws refuses
   * the token.
   */
  readonly readClaims: (claims: JsonObject) => Claims;
}

/** A principal with an issuer's own claims. */
export type WithClaims<P extends AnyPrincipal, Claims> = P & { readonly claims: Readonly<Claims> };

/** Adds an issuer's own claims to what is read of a principal, where anyone asks for them. */
export function withClaims<P extends AnyPrincipal>(
  readPrincipal: (claims: JsonObject) => P,
  readClaims: ClaimReader<object>["readClaims"] | undefined,
): (claims: JsonObject) => P {
  if (!readClaims) return readPrincipal;
  // It may be given out again and again, so nobody may change it.
  const read = (claims: JsonObject) => Object.freeze(readClaims(claims));
  return (claims) => ({ ...readPrincipal(claims), claims: read(claims) });
}

/** Longest life of an access token that Cognito allows, in seconds. */
export const oneDaySeconds = 24 * 60 * 60;

/** Kinds of token that an access token may call itself (RFC 9068 section 4); many say nothing, or nothing much. */
export const accessTokenTypes = [undefined, "JWT", "at+jwt"] as const;

/**
 * Refuses an issuer that would take too much.
 *
 * @throws {TypeError} no name, one that is no text, no algorithm, `none`, a shared secret, or no bound on the life
 */
export function checkTrustedIssuer(trusted: TrustedIssuer<AnyPrincipal>): void {
  const { issuers, algorithms, tokenTypes, maxLifeSeconds } = trusted;
  checkTexts(
    "issuer",
    issuers.map(({ issuer }) => issuer),
  );
  checkTexts("signature algorithm", algorithms);
  if (!algorithms.every((algorithm) => signatureAlgorithm(algorithm))) {
    throw new TypeError("A verifier takes asymmetric signature algorithms only.");
  }
  if (tokenTypes.length === 0) throw new TypeError("A verifier needs a type of token.");
  if (!(maxLifeSeconds > 0 && Number.isFinite(maxLifeSeconds))) {
    throw new TypeError("A token's longest life is a number of seconds.");
  }
}

/**
 * Refuses a list that stands for nothing, or by mistake for more than it says.
 *
 * @param what - what the texts are, for the error
 * @throws {TypeError} no list, an empty one, or with anything but text in it
 */
export function checkTexts(what: string, texts: readonly string[]): void {
  const isList = Array.isArray(texts) && texts.length > 0;
  if (!isList || !texts.every((text) => typeof text === "string" && text !== "")) {
    throw new TypeError(`A verifier needs at least one ${what}, each of them a text.`);
  }
}

/** The parts of the client that the elements are made of. */
export type { Account } from "../client/account/account.ts";
export type { PorticoClient } from "../client/client.ts";
export { isPorticoError } from "../client/errors.ts";
export type { Passkeys } from "../client/passkeys/passkeys.ts";
export type { Capabilities, Schemas } from "../client/schemas.ts";
export type * from "../client/sign-in/steps.ts";
export { type Catalogue, faultTextOf, textOf } from "../client/texts/catalogue.ts";

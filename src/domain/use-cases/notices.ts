import type { NoticeKind, NoticeRecipient, Ports } from "../../ports/index.ts";
import { isIdentityError } from "../errors.ts";
import type { AttributeValues, Profile } from "../user.ts";

/** The ports of whoever tells owners what happened. */
export type NoticePorts = Pick<Ports, "identity" | "notices">;

/** A user, as far as the one who acted tells who it is. */
export interface Noticed {
  readonly accessToken?: string;
  /** Asked for where there is no access token, or it is good for nothing any more. */
  readonly username?: string;
}

/** Tells the user of an account, at the address that is proven, what happened to it. Nobody waits for it. */
export function tellUser(ports: NoticePorts, kind: NoticeKind, user: Noticed): void {
  ports.notices?.tell({ kind, recipient: async () => recipientOf(await profileOf(ports, user)) });
}

/** An address that somebody gave as theirs, in a request that was refused. */
export interface GivenAddress {
  readonly email: string | undefined;
  readonly locale?: string | undefined;
  /** Whether nothing else in the request could be what is taken. */
  readonly isAlone: boolean;
}

/**
 * Tells the owner of an address that is somebody's already, after an error that says so. Where it may be about another name
 * of the request, an account with that address is looked for first: strangers get no mail of ours.
 */
export function tellOwner(
  ports: NoticePorts,
  error: unknown,
  { email, locale, isAlone }: GivenAddress,
): void {
  if (email === undefined || !isIdentityError(error, "username_taken", "alias_taken")) return;
  const recipient = { address: email, ...(locale !== undefined && { locale }) };
  const find = isAlone ? async () => recipient : () => ownerOf(ports, email);
  ports.notices?.tell({ kind: "account_exists", recipient: find });
}

async function ownerOf(ports: NoticePorts, email: string): Promise<NoticeRecipient | undefined> {
  const found = await profileOf(ports, { username: email }).catch(() => undefined);
  const owner = found && recipientOf(found);
  return owner?.address.toLowerCase() === email.toLowerCase() ? owner : undefined;
}

/**
 * Finds whom to tell of a change of address before it is made, as afterwards the address is another one. That it cannot
 * be found keeps nobody from changing it.
 */
export async function recipientBefore(
  ports: NoticePorts,
  user: Noticed,
): Promise<NoticeRecipient | undefined> {
  if (!ports.notices) return undefined;
  const profile = await profileOf(ports, user).catch(() => undefined);
  return profile && recipientOf(profile);
}

/** Tells a recipient who was found before of the addresses that were changed. */
export function tellOfAddresses(
  { notices }: Pick<Ports, "notices">,
  recipient: NoticeRecipient | undefined,
  { email, phone_number: phoneNumber }: AttributeValues,
): void {
  if (!recipient) return;
  const tell = (kind: NoticeKind) => notices?.tell({ kind, recipient: async () => recipient });
  if (email !== undefined && email !== recipient.address) tell("email_changed");
  if (phoneNumber !== undefined) tell("phone_number_changed");
}

async function profileOf(
  { identity }: NoticePorts,
  { accessToken, username }: Noticed,
): Promise<Profile> {
  if (accessToken === undefined) return identity.getUser({ username: username ?? "" });
  return identity.getProfile({ accessToken }).catch((error: unknown) => {
    if (username === undefined) throw error;
    return identity.getUser({ username });
  });
}

/** Nobody is told at an address that is not proven to be the user's. */
function recipientOf({ attributes }: Profile): NoticeRecipient | undefined {
  const { email, email_verified: isProven, locale } = attributes;
  if (typeof email !== "string" || isProven !== true) return undefined;
  return { address: email, ...(typeof locale === "string" && { locale }) };
}

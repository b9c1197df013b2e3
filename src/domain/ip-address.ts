/** An IP address as its eight groups of sixteen bits; one of IPv4 is in the form `::ffff:0:0/96` (RFC 4291 section 2.5.5.2). */
export type IpAddress = readonly number[];

/** A network of addresses that begin with the same bits. */
export interface IpNetwork {
  readonly address: IpAddress;
  /** The number of bits that they share, of 128. */
  readonly prefixLength: number;
}

/** An input that can have the address along that a call came from, for limits and for a provider that judges by it. */
export interface WithCallerAddress {
  /** An IP address as text, where it is known who called. */
  readonly callerAddress?: string;
}

/** Gives of an input the part that tells where it came from, and nothing where that is not known. */
export function from({ callerAddress }: WithCallerAddress): WithCallerAddress {
  return callerAddress === undefined ? {} : { callerAddress };
}

const ipv4Bits = 96;

/** Reads an address of IPv4 or IPv6 as the URL standard writes it, without brackets. A zone (RFC 4007) is passed over. */
export function parseIpAddress(text: string): IpAddress | undefined {
  const [address = ""] = text.split("%");
  if (/^\d{1,3}(?:\.\d{1,3}){3}$/.test(address)) return parseIpv4(address);
  if (!/^[\da-f:.]+$/i.test(address) || !address.includes(":")) return undefined;
  if (!URL.canParse(`http://[${address}]`)) return undefined;
  // The parser writes every spelling in hexadecimal groups, with one `::` at most.
  const [head = "", tail] = new URL(`http://[${address}]`).hostname.slice(1, -1).split("::");
  const [first, last] = [groupsOf(head), groupsOf(tail ?? "")];
  const between = Array.from({ length: 8 - first.length - last.length }, () => 0);
  return [...first, ...between, ...last];
}

/** Reads a network as CIDR writes it, `10.0.0.0/8`; an address alone is a network of one. */
export function parseIpNetwork(text: string): IpNetwork | undefined {
  const [written = "", length] = text.split("/", 2);
  const address = parseIpAddress(written);
  if (!address || text.split("/").length > 2) return undefined;
  const offset = isIpv4(address) && !written.includes(":") ? ipv4Bits : 0;
  if (length === undefined) return { address, prefixLength: 128 };
  const prefixLength = /^\d{1,3}$/.test(length) ? Number(length) + offset : Number.NaN;
  return prefixLength <= 128 ? { address, prefixLength } : undefined;
}

/** Tells whether an address is in one of some networks. */
export function isInNetworks(address: IpAddress, networks: readonly IpNetwork[]): boolean {
  return networks.some((network) => isIn(address, network));
}

/** Tells whether an address is this machine's own, or of a network that the internet does not reach (RFC 6890). */
export function isPrivateNetwork(address: IpAddress): boolean {
  return isInNetworks(address, privateNetworks);
}

/**
 * Names what counts as one caller: an address of IPv4, and the network `/64` of an IPv6 address, all of which one household
 * or machine has (RFC 6177). What is no address counts as it is.
 */
export function addressBlock(text: string): string {
  const address = parseIpAddress(text);
  if (!address) return text;
  if (isIpv4(address)) return address.slice(6).flatMap(bytesOf).join(".");
  return `${address
    .slice(0, 4)
    .map((group) => group.toString(16))
    .join(":")}::/64`;
}

const privateNetworks = [
  "10.0.0.0/8",
  "100.64.0.0/10",
  "127.0.0.0/8",
  "169.254.0.0/16",
  "172.16.0.0/12",
  "192.168.0.0/16",
  "::1",
  "fc00::/7",
  "fe80::/10",
].flatMap((network) => parseIpNetwork(network) ?? []);

function parseIpv4(address: string): IpAddress | undefined {
  const [a = 0, b = 0, c = 0, d = 0] = address.split(".").map(Number);
  if ([a, b, c, d].some((byte) => byte > 255)) return undefined;
  return [0, 0, 0, 0, 0, 0xffff, a * 256 + b, c * 256 + d];
}

function groupsOf(text: string): readonly number[] {
  return text === "" ? [] : text.split(":").map((group) => Number.parseInt(group, 16));
}

function bytesOf(group: number): readonly number[] {
  return [group >> 8, group & 255];
}

function isIpv4(address: IpAddress): boolean {
  return address[5] === 0xffff && address.slice(0, 5).every((group) => group === 0);
}

function isIn(address: IpAddress, network: IpNetwork): boolean {
  return address.every((group, index) => {
    const bits = Math.min(16, Math.max(0, network.prefixLength - 16 * index));
    const mask = 0xffff & ~(0xffff >> bits);
    return ((group ^ (network.address[index] ?? 0)) & mask) === 0;
  });
}

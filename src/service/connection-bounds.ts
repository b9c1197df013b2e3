import { addressBlock } from "../domain/ip-address.ts";

/** How many connections there may be. */
export interface ConnectionBounds {
  /** The most at once. */
  readonly maxConnections: number;
  /** The most of one peer at once, where an IPv6 network `/64` is one peer. */
  readonly maxConnectionsPerPeer: number;
  /** Tells a proxy, whose connections are those of many callers: only the first bound holds for it. */
  readonly isProxy: (peer: string) => boolean;
}

/** A connection that is open, as the bounds see it. */
export interface BoundConnection {
  /** A whole head of a request has come over it. */
  begin(): void;
  /** A request was answered. */
  rest(): void;
  /** The connection is closed. */
  end(): void;
}

interface Entry {
  readonly block: string;
  readonly close: () => void;
  /** How many of its requests are not answered yet. */
  underWay: number;
}

/** The connections of one peer, or of all, in the order in which they were opened. */
interface Group {
  readonly open: Set<Entry>;
  /** Those that no request has come over. */
  readonly silent: Set<Entry>;
}

/**
 * Bounds connections, so that nobody keeps others out by opening many. Beyond a bound one is closed for the new one: that
 * which has been silent for the longest time, or else that whose client has been asking for nothing. A client that asks at once is so
 * answered while another holds every place and says nothing. Only where a request is under way on each of them is the new
 * one closed itself.
 *
 * @param onDropped - is told of each that is closed
 * @returns takes a connection, and the way to close it
 */
export function createConnectionBounds(
  bounds: ConnectionBounds,
  onDropped: () => void,
): (peer: string, close: () => void) => BoundConnection {
  const all: Group = { open: new Set(), silent: new Set() };
  const peers = new Map<string, Group>();

  function remove(entry: Entry): void {
    for (const group of [all, peers.get(entry.block)]) {
      group?.open.delete(entry);
      group?.silent.delete(entry);
    }
    if (peers.get(entry.block)?.open.size === 0) peers.delete(entry.block);
  }

  function keepWithin(group: Group, most: number, newest: Entry): void {
    if (group.open.size <= most) return;
    const dropped = idlest(group, newest);
    remove(dropped);
    onDropped();
    dropped.close();
  }

  return (peer, close) => {
    const entry: Entry = { block: addressBlock(peer), close, underWay: 0 };
    const group = peers.get(entry.block) ?? { open: new Set(), silent: new Set() };
    peers.set(entry.block, group);
    for (const { open, silent } of [all, group]) {
      open.add(entry);
      silent.add(entry);
    }
    if (!bounds.isProxy(peer)) keepWithin(group, bounds.maxConnectionsPerPeer, entry);
    keepWithin(all, bounds.maxConnections, entry);
    return {
      begin() {
        all.silent.delete(entry);
        group.silent.delete(entry);
        entry.underWay += 1;
      },
      rest() {
        entry.underWay -= 1;
      },
      end: () => remove(entry),
    };
  };
}

/** The one to be closed: of those that are silent, and then of those with nothing under way, the oldest. */
function idlest({ open, silent }: Group, newest: Entry): Entry {
  const [oldest = newest] = silent;
  if (oldest !== newest) return oldest;
  for (const entry of open) if (entry.underWay === 0 && entry !== newest) return entry;
  return newest;
}

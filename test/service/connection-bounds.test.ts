import { describe, expect, test } from "vitest";
import { createConnectionBounds } from "../../src/service/connection-bounds.ts";

function world(maxConnections: number, maxConnectionsPerPeer: number, proxies: string[] = []) {
  const closed: string[] = [];
  let dropped = 0;
  const take = createConnectionBounds(
    { maxConnections, maxConnectionsPerPeer, isProxy: (peer) => proxies.includes(peer) },
    () => dropped++,
  );
  const open = (name: string, peer = "192.0.2.1") => take(peer, () => closed.push(name));
  return { open, closed, dropped: () => dropped };
}

describe("beyond a bound", () => {
  test("the connection is closed that has said nothing for the longest time", () => {
    const { open, closed, dropped } = world(3, 3);

    open("a").begin();
    for (const name of ["b", "c", "d", "e"]) open(name);

    expect(closed).toEqual(["b", "c"]);
    expect(dropped()).toBe(2);
  });

  test("and then the oldest whose client asks for nothing", () => {
    const { open, closed } = world(3, 3);
    const [a, b, c] = [open("a"), open("b"), open("c")];
    for (const each of [a, b, c]) each.begin();
    for (const each of [b, c]) each.rest();

    open("d");

    expect(closed).toEqual(["b"]);
  });

  test("and the new one where a request is under way on each", () => {
    const { open, closed } = world(2, 2);
    open("a").begin();
    const b = open("b");
    b.begin();
    b.begin();
    b.rest();

    open("c");

    expect(closed).toEqual(["c"]);
  });

  test("of a peer it is one of that peer's, and a network /64 is one peer", () => {
    const { open, closed } = world(10, 2);

    open("other", "2001:db8:1:3::1");
    open("a", "2001:db8:1:2::1");
    open("b", "2001:db8:1:2::2");
    open("c", "2001:db8:1:2:ffff::3");

    expect(closed).toEqual(["a"]);
  });

  test("of all it is closed of whichever peer, a proxy's among them", () => {
    const { open, closed } = world(3, 1, ["192.0.2.9"]);

    for (const name of ["a", "b", "c"]) open(name, "192.0.2.9");
    open("d", "192.0.2.1");

    expect(closed).toEqual(["a"]);
  });
});

test("a connection that has ended counts no more", () => {
  const { open, closed } = world(2, 2);
  const a = open("a");
  open("b");

  a.end();
  open("c");

  expect(closed).toEqual([]);
});

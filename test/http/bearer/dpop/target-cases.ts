import { createWorld, type DpopCase, dpopCase, expectTaken, refusedCase } from "./world.ts";

/** Ways to write the address of a request, by its path. */
const same: readonly (readonly [string, string])[] = [
  ["/orders", "https://api.example.com/orders?page=2"],
  ["/orders", "https://api.example.com/orders#top"],
  ["/orders", "HTTPS://API.Example.COM/orders"],
  ["/orders", "https://api.example.com:443/orders"],
  ["/orders", "https://api.example.com/a/../orders"],
  ["/orders", "https://api.example.com/%6frders"],
  ["/", "https://api.example.com"],
  ["/a%2fb", "https://api.example.com/a%2Fb"],
  ["/a%2Fb", "https://api.example.com/a%2fb"],
  ["/~ada", "https://api.example.com/%7Eada"],
  ["/%7Eada", "https://api.example.com/~ada"],
  ["/a|b", "https://api.example.com/a%7Cb"],
  ["/ü", "https://api.example.com/%C3%BC"],
  ["/orders/1;v=2", "https://api.example.com/orders/1;v=2"],
];

/** Other addresses than `https://api.example.com/orders`, or none. */
const different: readonly unknown[] = [
  "https://api.example.com/orders/",
  "https://api.example.com/Orders",
  "https://api.example.com/",
  "https://api.example.com/orders%2F",
  "https://api.example.com//orders",
  "http://api.example.com/orders",
  "https://api.example.com:8443/orders",
  "https://api.example.com.evil.example/orders",
  "https://evil.example/orders",
  "https://evil.example/?https://api.example.com/orders",
  "https://ada@api.example.com/orders",
  "https://ada:pw@api.example.com/orders",
  "https://api.example.com\\orders",
  "https:/api.example.com/orders",
  " https://api.example.com/orders",
  "https://api.example.com/ord\ters",
  "//api.example.com/orders",
  "/orders",
  "orders",
  "",
  1,
  null,
  ["https://api.example.com/orders"],
];

export const targetCases: readonly DpopCase[] = [
  ...same.map(([path, htu]) =>
    dpopCase(`4.3(9): takes ${htu} for ${path}`, async (protect) => {
      const { ask } = await createWorld(protect);
      expectTaken(await ask({ url: `https://api.example.com${path}`, claims: { htu } }));
    }),
  ),
  ...different.map((htu) =>
    refusedCase(`4.3(9): refuses a proof for ${JSON.stringify(htu)}`, () => ({ claims: { htu } })),
  ),
  dpopCase("4.3(9): ignores the query of the request", async (protect) => {
    const { ask } = await createWorld(protect);
    expectTaken(await ask({ url: "https://api.example.com/orders?page=2" }));
  }),
  dpopCase(
    "4.3(9): goes by the public address, whatever the request calls the host",
    async (protect) => {
      const { ask } = await createWorld(protect);
      expectTaken(await ask({ url: "http://10.0.0.7:8080/orders" }));
    },
  ),
  refusedCase("4.3(9): takes no proof for the host that the request names", () => ({
    url: "https://evil.example/orders",
    claims: { htu: "https://evil.example/orders" },
  })),
  dpopCase(
    "4.3(9): puts the path of the public address before that of the request",
    async (protect) => {
      for (const publicUrl of ["https://example.com/shop", "https://example.com/shop/"]) {
        const { ask } = await createWorld(protect, { dpop: { publicUrl } });
        expectTaken(await ask({ claims: { htu: "https://example.com/shop/orders" } }));
      }
    },
  ),
  dpopCase("4.3(9): writes the path of the public address as URIs have it", async (protect) => {
    const { ask } = await createWorld(protect, { dpop: { publicUrl: "https://example.com/a|b" } });
    expectTaken(await ask({ claims: { htu: "https://example.com/a%7cb/orders" } }));
  }),
];

import { createServer } from "node:http";
import { principalOf, requireToken } from "../../src/express.ts";
import type { TokenVerifier } from "../../src/jwt.ts";

export function createOrders(verifier: TokenVerifier) {
  const guard = requireToken({ verifier, scopes: ["orders/read"] });
  return createServer((request, response) =>
    guard(request, response, (error) => {
      if (error) response.writeHead(500).end();
      else response.end(JSON.stringify({ customer: principalOf(request).subject }));
    }),
  );
}

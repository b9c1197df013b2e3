import { createBearerGuard, type TokenVerifier } from "../../src/jwt.ts";

export function createWorker(verifier: TokenVerifier) {
  const guard = createBearerGuard({ verifier, scopes: ["orders/read"] });
  return {
    async fetch(request: Request): Promise<Response> {
      const principal = await guard(request);
      if (principal instanceof Response) return principal;
      return Response.json({ customer: principal.subject });
    },
  };
}

import type { Directory } from "./directory/directory.ts";

/**
 * Answers for the public documents of a pool: its key set, and OpenID Connect discovery.
 *
 * @returns nothing for any other path
 */
export async function answerDocument(
  { pools }: Directory,
  { method, url }: Request,
): Promise<Response | undefined> {
  if (method !== "GET") return undefined;
  const [, id = "", document] = /^\/([^/]+)\/\.well-known\/(.+)$/.exec(new URL(url).pathname) ?? [];
  const pool = pools.get(id);
  if (!pool) return undefined;
  if (document === "jwks.json") return Response.json(await pool.engine.keys.current());
  if (document === "openid-configuration") return Response.json(discovery(pool.issuer));
  return undefined;
}

/** OpenID Connect Discovery 1.0 section 3, for as much as there is: no hosted pages, so no endpoints of theirs. */
function discovery(issuer: string): object {
  return {
    issuer,
    jwks_uri: `${issuer}/.well-known/jwks.json`,
    response_types_supported: ["code", "token"],
    scopes_supported: ["openid", "email", "phone", "profile"],
    subject_types_supported: ["public"],
    id_token_signing_alg_values_supported: ["RS256"],
  };
}

import { readBounded } from "../../../src/adapters/shared/bounded-body.ts";
import { isJsonObject } from "../../../src/adapters/shared/json-object.ts";
import { IdentityError } from "../../../src/domain/errors.ts";
import type { Directory, DirectoryUser } from "./identity-provider.ts";

const timeoutMs = 4000;

/** Reaches a directory over HTTP: `authenticate` and `find` take JSON, and answer with a user or 404. */
export function createHttpDirectory(url: string): Directory {
  const ask = (path: string, question: Readonly<Record<string, string>>) =>
    post(new URL(path, url), JSON.stringify(question)).catch((cause: unknown) => {
      const isLate = cause instanceof Error && cause.name === "TimeoutError";
      throw new IdentityError(isLate ? "provider_timeout" : "provider_unavailable", { cause });
    });
  return {
    authenticate: (username, password) => ask("authenticate", { username, password }),
    find: (id) => ask("find", { id }),
  };
}

async function post(url: URL, body: string): Promise<DirectoryUser | undefined> {
  const response = await fetch(url, {
    method: "POST",
    headers: { "Content-Type": "application/json" },
    body,
    redirect: "error",
    signal: AbortSignal.timeout(timeoutMs),
  });
  const { status } = response;
  if (status !== 200) {
    await response.body?.cancel();
    if (status === 404) return undefined;
    throw new Error(`The directory answered with ${status}.`);
  }
  const text = new TextDecoder().decode(
    response.body ? await readBounded(response.body) : undefined,
  );
  const user: unknown = JSON.parse(text);
  if (!isJsonObject(user)) throw new Error("The directory answered with no object.");
  const { id, username } = user;
  if (typeof id === "string" && typeof username === "string") return { id, username };
  throw new Error("The directory answered with no user.");
}

import type { Result, Router } from "hono/router";
import { TrieRouter } from "hono/router/trie-router";

/**
 * Finds a path without parameters at once, and every other as Hono ends up with for such paths. The first that was given
 * for a path takes it alone: each of ours responds by itself.
 */
export class PathRouter<T> implements Router<T> {
  readonly name = "PathRouter";
  readonly #plain = new Map<string, Result<T>>();
  readonly #others = new TrieRouter<T>();

  add(method: string, path: string, handler: T): void {
    const isPlain = method === "ALL" && !/[:*]/.test(path) && !this.#plain.has(path);
    if (isPlain) this.#plain.set(path, [[[handler, {}]]]);
    else this.#others.add(method, path, handler);
  }

  match(method: string, path: string): Result<T> {
    return this.#plain.get(path) ?? this.#others.match(method, path);
  }
}

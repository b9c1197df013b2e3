import type { BetterAuthOptions } from "better-auth";
import { missingPeer } from "../../shared/peers/missing-peer.ts";

/** The packages of this adapter, which are there only for whoever uses it. */
interface Packages {
  readonly "better-auth": typeof import("better-auth");
  readonly "better-auth/plugins": typeof import("better-auth/plugins");
  readonly "better-auth/db/migration": typeof import("better-auth/db/migration");
  readonly "better-auth/crypto": typeof import("better-auth/crypto");
  readonly pg: {
    readonly default: { readonly Pool: new (options: object) => PostgresPool & Database };
  };
  readonly "node:sqlite": {
    readonly DatabaseSync: new (path: string) => SqliteConnection & Database;
  };
}

/** A database as Better Auth takes one: it tells the drivers apart by itself. */
export type Database = NonNullable<BetterAuthOptions["database"]>;

/** The part of a connection to SQLite that we use ourselves. */
interface SqliteConnection {
  exec(sql: string): unknown;
  close(): unknown;
}

/** The part of a connection to PostgreSQL that we use ourselves. */
export interface PostgresClient {
  on(event: "error", listener: () => void): unknown;
}

/** The part of a pool of connections to PostgreSQL that we use ourselves. */
interface PostgresPool {
  on(event: "error", listener: () => void): unknown;
  on(event: "connect", listener: (client: PostgresClient) => void): unknown;
  end(): Promise<void>;
}

/**
 * Imports a package when it is needed. By a name that no bundler sees, as whoever has no use for this adapter, and
 * every Worker, shall neither need nor carry its packages.
 */
export async function importPackage<Name extends keyof Packages>(
  name: Name,
): Promise<Packages[Name]> {
  const specifier: string = name;
  return import(/* @vite-ignore */ specifier).catch((cause) => {
    throw missingPeer(specifier, cause);
  });
}

import type { TokenVerifier } from "../../../ports/index.ts";
import type { RefreshRotation, TokenLifetimes } from "../settings/options.ts";
import type { MemorySettings } from "../settings/settings.ts";
import type { SavePoint } from "../store/save-point.ts";
import type { User } from "../users/user.ts";

/** An application that users sign in to. */
export interface Client {
  readonly id: string;
  readonly tokenSeconds: TokenLifetimes;
  readonly refreshRotation: RefreshRotation | undefined;
  /** The time that a challenge can be answered in, in seconds. */
  readonly challengeSeconds: number;
  /** Tells which attributes its ID tokens show. @default all */
  readonly canRead?: (attribute: string) => boolean;
  /** Whether its tokens name a session that a refresh token could end. @default true */
  readonly isRevocable?: boolean;
  /** The device that is signed in from, where devices are told apart. */
  readonly deviceKey?: string;
  /** Has the last word on what tokens say, before they are signed. @default says nothing */
  readonly amendClaims?: (user: User, claims: IssuedClaims) => Promise<IssuedClaims>;
}

/** The claims of the tokens of one session. */
export interface IssuedClaims {
  readonly access: Readonly<Record<string, unknown>>;
  readonly id: Readonly<Record<string, unknown>>;
}

/** The applications of one user directory. */
export interface Clients extends SavePoint {
  get(id: string): Client | undefined;
  /** Adds a client, or changes one. */
  put(client: Client): void;
  remove(id: string): void;
  /** Takes the access tokens of every client. */
  readonly verifier: TokenVerifier;
}

/** The client that the options tell of. */
export function clientOf(settings: MemorySettings): Client {
  const { clientId, tokenSeconds, refreshRotation, challengeSeconds } = settings;
  return { id: clientId, tokenSeconds, refreshRotation, challengeSeconds };
}

/**
 * Makes a register of one client.
 *
 * @param createVerifier - makes a verifier that takes the tokens of the given clients
 */
export function createClients(
  first: Client,
  createVerifier: (clientIds: readonly string[]) => TokenVerifier,
): Clients {
  let clients = new Map([[first.id, first]]);
  let verifier = createVerifier([first.id]);

  function replace(next: Map<string, Client>): void {
    clients = next;
    verifier = createVerifier([...next.keys()]);
  }

  return {
    get: (id) => clients.get(id),
    put: (client) => replace(new Map(clients).set(client.id, client)),
    remove: (id) => replace(new Map([...clients].filter(([other]) => other !== id))),
    verifier: { verify: (accessToken) => verifier.verify(accessToken) },
    save() {
      const saved = clients;
      return () => replace(saved);
    },
  };
}

import { isPorticoError, PorticoError } from "../errors.ts";
import type { StoredTokens, TokenStorage } from "../options.ts";
import type { Schemas } from "../schemas.ts";
import type { Transport } from "../transport.ts";
import { abortable } from "./abortable.ts";
import { type Keeper, refusals } from "./keeper.ts";
import type { Tabs } from "./tabs.ts";

/** The parts that tokens are kept with. */
export interface TokenKeeperOptions {
  readonly transport: Transport;
  readonly tabs: Tabs;
  /** Nothing: this page's memory. */
  readonly storage: TokenStorage | undefined;
  /** Is called when the service has said that the session is over. */
  readonly onLoss: () => void;
}

/** Keeps a session's tokens, and gets new ones once for all tabs. */
export function createTokenKeeper(options: TokenKeeperOptions): Keeper {
  const { transport, tabs, onLoss, storage = createMemoryStorage() } = options;
  const { send } = transport;
  let refreshing: Promise<StoredTokens | undefined> | undefined;

  /** @param stale - an access token that was refused */
  async function current(stale?: string): Promise<StoredTokens | undefined> {
    const tokens = await storage.load();
    if (!tokens) return undefined;
    const { access_token: token, expires_at, expires_in } = tokens;
    const isRefused = token === stale;
    const left = expires_at - Date.now() / 1000;
    if (!isRefused && left > Math.min(30, expires_in / 10)) return tokens;
    refreshing ??= tabs
      .alone(() => refresh(token))
      .finally(() => {
        refreshing = undefined;
      });
    return refreshing.catch((error) => {
      // It is good for a little while yet.
      if (!isRefused && left > 0) return tokens;
      throw error;
    });
  }

  /** Runs while no other tab does. Nothing but the service's own word ends a session. */
  async function refresh(stale: string): Promise<StoredTokens | undefined> {
    const tokens = await storage.load();
    if (tokens?.access_token !== stale) return tokens;
    const { refresh_token = "" } = tokens;
    try {
      if (!refresh_token) throw new PorticoError("invalid_refresh_token");
      const answer = await send("post", "/v1/token/refresh", { body: { refresh_token } });
      return await replace(tokens, answer.tokens);
    } catch (error) {
      if (!isPorticoError(error, ...refusals)) throw error;
      const latest = await storage.load();
      // Where tabs have no lock, another one may have been faster.
      if (latest?.access_token !== stale) return latest;
      await storage.save(undefined);
      onLoss();
      return undefined;
    }
  }

  /** Keeps new tokens, unless their session was ended meanwhile, or another begun. */
  async function replace(tokens: StoredTokens, fresh: Schemas["Tokens"]) {
    const renewed = stored(fresh, tokens);
    const latest = await storage.load();
    if (latest?.id !== tokens.id) {
      revoke(renewed).catch(ignore);
      return latest;
    }
    await storage.save(renewed);
    return renewed;
  }

  async function revoke({ access_token, refresh_token }: StoredTokens): Promise<void> {
    if (!refresh_token) return;
    await send("post", "/v1/sign-out", { body: { refresh_token }, headers: bearer(access_token) });
  }

  /** Ends a session that is forgotten here already. */
  async function finish(tokens: StoredTokens): Promise<void> {
    await tabs.alone(async () => {
      const latest = await storage.load();
      // A refresh that was under way may have kept its tokens after that.
      const isSame = latest?.id === tokens.id;
      if (isSame) await storage.save(undefined);
      await revoke(isSame ? latest : tokens);
    });
  }

  return {
    asking: () => ({}),
    start: (answer) =>
      tabs.alone(async () => {
        if (answer.status !== "signed_in") throw new PorticoError("unexpected_answer");
        const before = await storage.load();
        await storage.save(stored(answer.tokens));
        if (before) revoke(before).catch(ignore);
      }),
    headers: async () => headersOf(await current()),
    renew: async ({ Authorization = "" }) => headersOf(await current(Authorization.slice(7))),
    forget: async () => storage.save(undefined),
    async end(onEnd, signal) {
      signal?.throwIfAborted();
      const tokens = await storage.load();
      await storage.save(undefined);
      onEnd();
      if (tokens) await abortable(finish(tokens), signal);
    },
    async hear(change) {
      const tokens = await storage.load();
      if (options.storage) return (tokens !== undefined) === (change === "signed_in");
      if (!tokens || change === "signed_in") return false;
      // Tokens in memory are this tab's alone: nobody else can end them.
      await storage.save(undefined);
      finish(tokens).catch(ignore);
      return true;
    },
  };
}

function createMemoryStorage(): TokenStorage {
  let kept: StoredTokens | undefined;
  return {
    load: () => kept,
    save(tokens) {
      kept = tokens;
    },
  };
}

/** @param before - the tokens of the same session that these replace */
function stored(tokens: Schemas["Tokens"], before?: StoredTokens): StoredTokens {
  const { token_type, ...kept } = tokens;
  const id = crypto.getRandomValues(new Uint32Array(3)).join("-");
  return {
    ...(before ?? { id }),
    ...kept,
    expires_at: Math.floor(Date.now() / 1000) + kept.expires_in,
  };
}

function headersOf(tokens: StoredTokens | undefined) {
  return tokens && bearer(tokens.access_token);
}

const bearer = (token: string) => ({ Authorization: `Bearer ${token}` });

/** The end of a session that nobody asked to end is tried once: there is nobody to tell. */
const ignore = () => undefined;

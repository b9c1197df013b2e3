import type { PorticoClient } from "./client.ts";
import { late } from "./late.ts";
import type { ClientOptions } from "./options.ts";
import type { Capabilities } from "./schemas.ts";
import { abortable } from "./session/abortable.ts";
import { createCookieKeeper } from "./session/cookie-keeper.ts";
import { createSessions, type SessionListener } from "./session/sessions.ts";
import { joinTabs, type SessionChange } from "./session/tabs.ts";
import { createTokenKeeper } from "./session/token-keeper.ts";
import { createSignIn, loadQr } from "./sign-in/sign-in.ts";
import { createTransport, type Transport } from "./transport.ts";

/**
 * Makes a client of the service.
 *
 * @throws {TypeError} `url` is missing where there is no page, or it is no address
 */
export function createClient(options: ClientOptions = {}): PorticoClient {
  const { timeout = 15_000 } = options;
  const transport = createTransport(
    addressOf(options.url),
    options.fetch ?? ((...args) => fetch(...args)),
    timeout,
  );
  const listeners = new Set<SessionListener>();
  const { sessions, leave } = sessionsOf({ ...options, timeout }, transport, (change) => {
    for (const listener of [...listeners]) tell(listener, change);
  });
  const signIn = createSignIn(transport, sessions, options.keepSignedIn ?? false);
  return {
    ...registration(transport),
    signIn,
    session: sessions.session,
    signOut: sessions.end,
    async signOutEverywhere({ signal } = {}) {
      await sessions.send("post", "/v1/sign-out/everywhere", { signal });
      await sessions.forget();
    },
    onChange(listener) {
      listeners.add(listener);
      return () => {
        listeners.delete(listener);
      };
    },
    close() {
      listeners.clear();
      leave();
    },
    fetch: sessions.fetch,
    account: () =>
      late(
        import("./account/account.ts").then(({ createAccount }) => createAccount(sessions, loadQr)),
      ),
    administration: () =>
      late(
        import("./administration/administration.ts").then(({ createAdministration }) =>
          createAdministration(sessions),
        ),
      ),
    passkeys: () =>
      late(
        import("./passkeys/passkeys.ts").then(({ createPasskeys }) =>
          createPasskeys(sessions, signIn),
        ),
      ),
  };
}

type Options = ClientOptions & { readonly timeout: number };

/** A listener that fails keeps nobody from signing in or out. */
function tell(listener: SessionListener, change: SessionChange): void {
  try {
    listener(change);
  } catch (error) {
    console.error(error);
  }
}

function registration({ send }: Transport) {
  let capabilities: Promise<Capabilities> | undefined;
  return {
    capabilities({ signal } = {}) {
      capabilities ??= send("get", "/v1/capabilities").catch((error) => {
        capabilities = undefined;
        throw error;
      });
      return abortable(capabilities, signal);
    },
    signUp: (body, options) => send("post", "/v1/sign-up", { ...options, body }),
    confirmSignUp: (body, options) => send("post", "/v1/sign-up/confirm", { ...options, body }),
    async resendConfirmation(body, options) {
      await send("post", "/v1/sign-up/resend", { ...options, body });
    },
    async forgotPassword(body, options) {
      await send("post", "/v1/password/forgot", { ...options, body });
    },
    async resetPassword(body, options) {
      await send("post", "/v1/password/reset", { ...options, body });
    },
  } satisfies Partial<PorticoClient>;
}

function sessionsOf(options: Options, transport: Transport, emit: SessionListener) {
  const isPage = globalThis.location !== undefined;
  const { url } = transport;
  const { tokens = isPage ? "cookie" : "memory", origins = [] } = options;
  const { tabs: name = isPage ? `portico ${url}` : false } = options;
  const isInCookies = tokens === "cookie";
  // A refresh is given up before that.
  const tabs = joinTabs(name, options.timeout + 5_000, async (change) => {
    // A storage that fails says so to whoever uses it next.
    if (!(await keeper.hear(change).catch(() => false))) return;
    sessions.drop(change);
    emit(change);
  });
  const keeper = isInCookies
    ? createCookieKeeper(transport)
    : createTokenKeeper({
        transport,
        tabs,
        storage: tokens === "memory" ? undefined : tokens,
        onLoss: () => sessions.lose(),
      });
  const sessions = createSessions({
    transport,
    keeper,
    tabs,
    isInCookies,
    origins: new Set([url, ...origins].map((address) => new URL(address).origin)),
    emit,
  });
  return { sessions, leave: tabs.leave };
}

function addressOf(url = globalThis.location?.origin): string {
  if (url === undefined) throw new TypeError("createClient needs `url` where there is no page.");
  return new URL(url, globalThis.location?.href).href.replace(/\/+$/, "");
}

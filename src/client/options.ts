import type { Schemas } from "./schemas.ts";

/** A function in the place of the global `fetch`. */
export type Fetch = (...args: Parameters<typeof fetch>) => ReturnType<typeof fetch>;

/** The options that every operation takes. */
export interface CallOptions {
  /** Calls the operation off: its promise is rejected with the signal's reason, as that of `fetch` is. */
  readonly signal?: AbortSignal | undefined;
}

/** The options of operations that a service may want a captcha for. */
export interface CaptchaOptions extends CallOptions {
  /** The token that a solved captcha gave, where the capabilities name one. */
  readonly captcha?: string | undefined;
}

/** The tokens of a session, as a {@link TokenStorage} keeps them: plain JSON. */
export interface StoredTokens {
  /** The session's own id here: the same through every refresh. */
  readonly id: string;
  readonly access_token: string;
  readonly id_token?: string;
  readonly refresh_token?: string;
  /** When the access token expires by this device's clock, in seconds since the epoch. */
  readonly expires_at: number;
  /** The life of the access token, in seconds. */
  readonly expires_in: number;
}

/**
 * A place of one's own for tokens, shared by all tabs. Calls come one after the other from one tab, and each has to see
 * what any tab has saved before; what it throws is thrown on. What a page's scripts can read, an injected script can:
 * cookies are the better place.
 */
export interface TokenStorage {
  /** Gives the tokens that were saved last, nothing if there are none. */
  load(): StoredTokens | undefined | Promise<StoredTokens | undefined>;
  /** Keeps tokens in place of any before, or forgets them. */
  save(tokens: StoredTokens | undefined): void | Promise<void>;
}

/** The options of {@link createClient}. */
export interface ClientOptions {
  /**
   * The address of the service, with its path where it is mounted under one.
   *
   * @default the page's own origin
   */
  readonly url?: string;
  /**
   * The place where a session's tokens are: `cookie`, kept by the service where no script reads them; `memory`, until the
   * page is left; or a storage of one's own.
   *
   * @default `"cookie"` on a page, `"memory"` elsewhere
   */
  readonly tokens?: "cookie" | "memory" | TokenStorage;
  /**
   * Whether sessions in cookies outlive the browser, where a sign-in does not say.
   *
   * @default false
   */
  readonly keepSignedIn?: boolean;
  /**
   * The origins besides the service's own that `fetch` of the client sends the session to, such as `https://api.example.com`.
   * No other ever gets a token.
   *
   * @default none
   */
  readonly origins?: readonly string[];
  /**
   * The time that the service has for an answer, in milliseconds.
   *
   * @default 15000
   */
  readonly timeout?: number;
  /**
   * The name that tabs go by which share this session: sign-ins and sign-outs are seen in all of them. `false`: none.
   *
   * @default a name made of `url` on a page, `false` elsewhere
   */
  readonly tabs?: string | false;
  /** In the place of the global `fetch`. */
  readonly fetch?: Fetch;
}

/** Who signs in, and with what: a password, another factor, or the choice of the provider. */
export type SignInInput = Schemas["SignInRequest"] & {
  /** Whether the session is to outlive the browser, in cookies. */
  readonly keepSignedIn?: boolean | undefined;
};

import type { AuthContext, BetterAuthOptions, BetterAuthPlugin } from "better-auth";
import type { Jwk, JwtOptions } from "better-auth/plugins";
import type { JsonWebKeySet } from "../../../ports/index.ts";
import { secretsOf } from "../../shared/secrets.ts";
import type { BetterAuthSettings } from "../options.ts";
import { type OpenDatabase, openDatabase } from "./database.ts";
import { importPackage } from "./packages.ts";
import { renewApps, renewKeys, withRenewedKey } from "./renewal.ts";
import { createSeal, type Seal } from "./seal.ts";

/** The part of Better Auth that we use. */
export interface Auth {
  /** Its rows, by model. */
  readonly rows: Pick<
    AuthContext["adapter"],
    "count" | "create" | "delete" | "deleteMany" | "findMany" | "findOne" | "update" | "updateMany"
  >;
  readonly createSession: AuthContext["internalAdapter"]["createSession"];
  readonly password: Pick<AuthContext["password"], "hash" | "verify">;
  /** Signs claims with a key of the database. */
  sign(claims: Record<string, unknown>): Promise<string>;
  publicKeys(): Promise<JsonWebKeySet>;
  encrypt(text: string): Promise<string>;
  decrypt(text: string): Promise<string>;
  close(): Promise<void>;
}

/** The tables and columns that this adapter keeps beside those of Better Auth, which makes them with its own. */
const schema = {
  user: {
    fields: {
      porticoStatus: { type: "string", required: false, input: false },
      porticoAttributes: { type: "string", required: false, input: false, returned: false },
      porticoPhoneVerified: { type: "boolean", required: false, input: false },
      porticoRecoveryCodes: { type: "string", required: false, input: false, returned: false },
    },
  },
  session: {
    fields: { porticoEnded: { type: "boolean", required: false, input: false, returned: false } },
  },
  account: {
    fields: { porticoPassword: { type: "string", required: false, input: false, returned: false } },
  },
  porticoState: {
    fields: {
      version: { type: "string", required: true },
      value: { type: "string", required: true },
      expiresAt: { type: "date", required: true, index: true },
      /** Whether it is about a name that nobody has. */
      expendable: { type: "boolean", required: false },
    },
  },
  porticoEvent: {
    fields: {
      /** When it was, for whoever looks into the table. */
      at: { type: "date", required: true },
      /** The event as JSON. */
      event: { type: "string", required: true },
    },
  },
} satisfies BetterAuthPlugin["schema"];

/**
 * Opens the database, makes the tables that are missing, and starts Better Auth over it. A Better Auth of the
 * operator's own on the same database and secret, with the same plugins, shares the accounts.
 *
 * @see https://www.better-auth.com/docs/concepts/database
 */
export async function openAuth(settings: BetterAuthSettings): Promise<Auth> {
  const { close, database } = await openDatabase(settings.databaseUrl);
  try {
    return await startAuth(settings, { close, database });
  } catch (error) {
    await close();
    throw error;
  }
}

async function startAuth(
  settings: BetterAuthSettings,
  { database, close }: OpenDatabase,
): Promise<Auth> {
  const [{ betterAuth }, { admin, jwt, twoFactor }, { symmetricDecrypt, symmetricEncrypt }] =
    await Promise.all([
      importPackage("better-auth"),
      importPackage("better-auth/plugins"),
      importPackage("better-auth/crypto"),
    ]);
  const secrets = secretsOf(settings.secret);
  const [newest = ""] = secrets;
  const seal = createSeal(secrets, {
    encrypt: (key, data) => symmetricEncrypt({ key, data }),
    decrypt: (key, data) => symmetricDecrypt({ key, data }),
  });
  const options = {
    database,
    secret: newest,
    baseURL: settings.issuer,
    telemetry: { enabled: false },
    logger: { disabled: true },
    emailAndPassword: {
      enabled: true,
      requireEmailVerification: true,
      maxPasswordLength: 256,
      ...(settings.passwordHashing && { password: settings.passwordHashing }),
    },
    plugins: [
      admin(),
      twoFactor(),
      jwt({
        jwks: { keyPairConfig: { alg: "RS256", modulusLength: 2048 } },
        ...(secrets.length > 1 && { adapter: keysUnder(seal) }),
      }),
      { id: "portico", schema },
    ],
  } satisfies BetterAuthOptions;
  await migrate(options);
  const auth = betterAuth(options);
  const { adapter, internalAdapter, password } = await auth.$context;
  const renewed = renewTexts(adapter, seal, secrets);
  return {
    rows: adapter,
    createSession: internalAdapter.createSession,
    password,
    sign: async (payload) => (await auth.api.signJWT({ body: { payload } })).token,
    publicKeys: async () => ({ keys: (await auth.api.getJwks()).keys.map(published) }),
    encrypt: seal.encrypt,
    decrypt: seal.decrypt,
    async close() {
      await renewed;
      await close();
    },
  };
}

/** Reads signing keys for Better Auth, which knows the newest secret alone. */
function keysUnder(seal: Seal): NonNullable<JwtOptions["adapter"]> {
  return {
    async getJwks({ context }) {
      const rows = await context.adapter.findMany<Jwk>({ model: "jwks" });
      return Promise.all(rows.map((row) => withRenewedKey(row, seal)));
    },
  };
}

/**
 * Encrypts what is kept by the newest secret, while requests are served: with very many users it takes a while. Where it
 * breaks off nothing is lost, as each secret that is set reads its own; the next start goes on.
 */
async function renewTexts(
  rows: Auth["rows"],
  seal: Seal,
  { length }: readonly string[],
): Promise<void> {
  if (length < 2) return;
  await renewKeys(rows, seal)
    .then(() => renewApps(rows, seal))
    .catch(() => undefined);
}

/** Processes that start at once may each want to make the tables: whoever comes second finds them made. */
async function migrate(options: BetterAuthOptions, attempts = 3): Promise<void> {
  const { getMigrations } = await importPackage("better-auth/db/migration");
  try {
    const { runMigrations } = await getMigrations(options);
    await runMigrations();
  } catch (error) {
    if (attempts <= 1) throw error;
    await new Promise((resolve) => setTimeout(resolve, 200));
    await migrate(options, attempts - 1);
  }
}

function published({ kty, kid, alg, n, e }: Readonly<Record<string, unknown>>) {
  return { kty: String(kty), kid: String(kid), alg: String(alg), use: "sig", n, e };
}

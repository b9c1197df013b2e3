import { createJweSeal } from "../../../src/adapters/jwe/index.ts";
import { createJwtVerifier } from "../../../src/adapters/jwt/index.ts";
import { createMemoryIdentityProvider } from "../../../src/adapters/memory/index.ts";
import { systemClock } from "../../../src/adapters/system/clock.ts";
import { createClient, isPorticoError, loadTexts, textOf } from "../../../src/client.ts";
import { createApp } from "../../../src/http/app.ts";
import type { FetchModule } from "./portico.ts";

const url = "https://id.example.com";
const account = { username: "ada@example.com", password: "Correct-Horse-7" };

/** A service, and a client of it on the same runtime, which tells what came of an account's life at `/journey`. */
const served: FetchModule = {
  async fetch(request) {
    made ??= makeService();
    const { app, lastCode } = made;
    if (new URL(request.url).pathname !== "/journey") return app.fetch(request);
    return Response.json(await journey((sent) => app.fetch(sent), lastCode));
  },
};
export default served;

/** Made at the first request: Workers make no random numbers while a module loads. */
let made: ReturnType<typeof makeService> | undefined;

function makeService() {
  const { identity, keys, issuer, clientId, outbox } = createMemoryIdentityProvider({
    hashIterations: 1,
    tokenSeconds: { access: 300 },
  });
  const tokens = createJwtVerifier({ issuer, clientIds: [clientId], keys });
  const seal = createJweSeal({ secrets: ["seals-the-cookies-of-the-tests-only"] });
  const events = { record: () => undefined };
  const app = createApp({ identity, tokens, keys, events, clock: systemClock, seal });
  const lastCode = () => outbox.messagesFor(account.username).at(-1)?.code ?? "";
  return { app, lastCode };
}

async function journey(
  serve: (request: Request) => Response | Promise<Response>,
  lastCode: () => string,
): Promise<Readonly<Record<string, unknown>>> {
  const changes: string[] = [];
  const auth = createClient({
    url,
    tabs: "journey",
    fetch: async (input, init) => serve(new Request(input, init)),
  });
  auth.onChange((change) => changes.push(change));
  const texts = await loadTexts(["de"]);
  const signUp = await auth.signUp({ ...account, attributes: { email: account.username } });
  await auth.confirmSignUp({ username: account.username, code: lastCode() });
  const refused = await auth
    .signIn({ ...account, password: "Wrong-Horse-7" })
    .catch((error) => isPorticoError(error, "invalid_credentials") && textOf(error, texts));
  const step = await auth.signIn(account);
  const session = await auth.session();
  const profile = await (await auth.account()).profile();
  const { qr } = await (await auth.account()).startTotp();
  const me = await auth.fetch(new URL("/v1/me", url));
  await auth.signOut();
  auth.close();
  return {
    signUp: signUp.status,
    refused,
    step: step.type,
    isSame: session?.sub === profile.sub,
    qr: qr.slice(0, 4),
    me: me.status,
    after: (await auth.session()) ?? null,
    changes,
  };
}

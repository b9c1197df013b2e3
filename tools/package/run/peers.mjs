// Uses what needs a package that nothing brought along, and expects to be told which to install.
//   node peers.mjs          in a project that has portico and none of its optional peers
import process from "node:process";
import { inspect } from "node:util";
import { createBetterAuthIdentityProvider } from "portico/better-auth";
import { createRedisRevocationList } from "portico/redis";
import { createWebAuthnPasskeyVerifier } from "portico/webauthn";

const site = { rpId: "example.com", origins: ["https://example.com"] };

/** By the package that each use needs. */
const uses = {
  "@redis/client": () => createRedisRevocationList({ url: "redis://127.0.0.1:9" }).read(),
  "@simplewebauthn/server": () =>
    createWebAuthnPasskeyVerifier(site).requestOptions({ challenge: "abc", timeoutSeconds: 60 }),
  "better-auth": async () => {
    const { identity } = createBetterAuthIdentityProvider({
      secret: "x".repeat(32),
      issuer: "https://id.example.com",
      clientId: "app",
      databaseUrl: "file::memory:",
    });
    await identity.signIn({ username: "ada@example.com", password: "Correct-Horse-7" });
  },
};

for (const [name, use] of Object.entries(uses)) {
  const told = await Promise.resolve()
    .then(use)
    .then(() => "nothing", inspect);
  if (!told.includes(`npm install ${name}`)) throw new Error(`without ${name} one is told ${told}`);
}
console.log(`without ${Object.keys(uses).join(", ")} one is told what to install`);
process.exit(0);

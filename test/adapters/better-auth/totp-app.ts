import { createHmac } from "node:crypto";
import type { Clock } from "../../../src/ports/index.ts";
import type { Provider } from "./support.ts";

/** An authenticator app with a secret, on a clock. */
export function totpApp(secret: string, clock: Clock) {
  const bits = [...secret]
    .map((letter) =>
      "ABCDEFGHIJKLMNOPQRSTUVWXYZ234567".indexOf(letter).toString(2).padStart(5, "0"),
    )
    .join("");
  const key = Buffer.from((bits.match(/.{8}/g) ?? []).map((byte) => Number.parseInt(byte, 2)));
  return {
    async code(): Promise<string> {
      const counter = Buffer.alloc(8);
      counter.writeBigUInt64BE(BigInt(Math.floor(clock.now() / 30_000)));
      const mac = createHmac("sha1", key).update(counter).digest();
      const offset = (mac.at(-1) ?? 0) & 0x0f;
      const number = (mac.readUInt32BE(offset) & 0x7fffffff) % 1_000_000;
      return String(number).padStart(6, "0");
    },
  };
}

/** Sets an authenticator app up as a user's second factor. */
export async function enrolTotp(
  { identity }: Pick<Provider, "identity">,
  { accessToken }: { readonly accessToken: string },
  clock: Clock,
) {
  const { secret } = await identity.startTotp({ accessToken });
  const app = totpApp(secret, clock);
  await identity.confirmTotp({ accessToken, code: await app.code() });
  await identity.setMfa({ accessToken, enabled: ["totp"], preferred: "totp" });
  return app;
}

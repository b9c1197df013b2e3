// The same adapter over the transport that Workers have in the SDK's place, put in its place as their bundle does.
import { registerHooks } from "node:module";
import type { SignIn, SignInModule, SignInTarget } from "../processes/sign-ins.ts";

registerHooks({
  resolve: (specifier, context, next) =>
    next(specifier.replace(/\/transport-sdk\.ts$/, "/transport-fetch.ts"), context),
});

export async function createSignIn(target: SignInTarget): Promise<SignIn> {
  const portico: SignInModule = await import("./portico.ts");
  return portico.createSignIn(target);
}

// The same as portico-server.ts on Bun and Deno, whose own servers take a `fetch`.
import process from "node:process";
import { answerForServer } from "../answers.ts";
import { readFixture } from "../fixture.ts";
import { protectedRoutes } from "../protected-routes.ts";

type Fetch = (request: Request) => Response | Promise<Response>;

/** As much of the runtimes as is used here; each has one of them. */
declare const Bun:
  | { serve(options: { hostname: string; port: number; fetch: Fetch }): { readonly port: number } }
  | undefined;
declare const Deno: {
  serve(
    options: { hostname: string; port: number; onListen: () => void },
    fetch: Fetch,
  ): { readonly addr: { readonly port: number } };
};

const [, , fixturePath = "", keysUri = ""] = process.argv;
const { fetch } = protectedRoutes(await readFixture(fixturePath), keysUri);
const place = { hostname: "127.0.0.1", port: 0 };
const { port } =
  typeof Bun === "undefined"
    ? Deno.serve({ ...place, onListen: () => undefined }, (request) => fetch(request)).addr
    : Bun.serve({ ...place, fetch: (request) => fetch(request) });
await answerForServer(port);

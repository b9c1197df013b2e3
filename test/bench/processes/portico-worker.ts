// The same as portico-server.ts as a Worker, which is told by its bindings what the others read from a file.
import type { Hono } from "hono";
import { protectedRoutes } from "../protected-routes.ts";

interface Bindings {
  readonly ISSUER: string;
  readonly CLIENT_ID: string;
  readonly KEYS_URI: string;
}

let routes: Hono | undefined;

export default {
  fetch(request: Request, { ISSUER, CLIENT_ID, KEYS_URI }: Bindings) {
    routes ??= protectedRoutes({ issuer: ISSUER, clientId: CLIENT_ID }, KEYS_URI);
    return routes.fetch(request);
  },
};

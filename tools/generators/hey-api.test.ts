import { inject, test } from "vitest";
import { createClient } from "./generated/hey-api/client/index.ts";
import * as portico from "./generated/hey-api/index.ts";
import { type GeneratedClient, travel } from "./journey.ts";

const service: string = inject("service");

test("hey-api's client makes the journey", async () => {
  await travel(clientAt(service), service);
});

function clientAt(baseUrl: string): GeneratedClient {
  const client = createClient({ baseUrl });
  return {
    async signUp(body) {
      const { data, error } = await portico.signUp({ client, body });
      return data?.status ?? error?.code ?? "";
    },
    async confirmSignUp(username, code) {
      const { data, error } = await portico.confirmSignUp({ client, body: { username, code } });
      return data?.status ?? error?.code ?? "";
    },
    async signIn(body) {
      const { data, error } = await portico.signIn({ client, body });
      if (data?.status !== "signed_in") return data?.status ?? error?.code ?? "";
      const { access_token: accessToken, refresh_token: refreshToken = "" } = data.tokens;
      return { accessToken, refreshToken };
    },
    async getSession(auth) {
      const { data, error } = await portico.getSession({ client, auth });
      return data?.sub ?? error?.code ?? "";
    },
    async refreshTokens(refresh_token) {
      const { data, error } = await portico.refreshTokens({ client, body: { refresh_token } });
      return data?.tokens.access_token ?? error?.code ?? "";
    },
    async signOut(refresh_token) {
      const { response } = await portico.signOut({ client, body: { refresh_token } });
      return response?.status ?? 0;
    },
  };
}

import createClient from "openapi-fetch";
import { inject, test } from "vitest";
import type { paths } from "./generated/openapi-typescript/api.ts";
import { type GeneratedClient, travel } from "./journey.ts";

const service: string = inject("service");

test("openapi-typescript and openapi-fetch make the journey", async () => {
  await travel(clientAt(service), service);
});

function clientAt(baseUrl: string): GeneratedClient {
  const client = createClient<paths>({ baseUrl });
  return {
    async signUp(body) {
      const { data, error } = await client.POST("/v1/sign-up", { body });
      return data?.status ?? error?.code ?? "";
    },
    async confirmSignUp(username, code) {
      const body = { username, code };
      const { data, error } = await client.POST("/v1/sign-up/confirm", { body });
      return data?.status ?? error?.code ?? "";
    },
    async signIn(body) {
      const { data, error } = await client.POST("/v1/sign-in", { body });
      if (data?.status !== "signed_in") return data?.status ?? error?.code ?? "";
      const { access_token: accessToken, refresh_token: refreshToken = "" } = data.tokens;
      return { accessToken, refreshToken };
    },
    async getSession(token) {
      const headers = { Authorization: `Bearer ${token}` };
      const { data, error } = await client.GET("/v1/session", { headers });
      return data?.sub ?? error?.code ?? "";
    },
    async refreshTokens(refresh_token) {
      const { data, error } = await client.POST("/v1/token/refresh", { body: { refresh_token } });
      return data?.tokens.access_token ?? error?.code ?? "";
    },
    async signOut(refresh_token) {
      const { response } = await client.POST("/v1/sign-out", { body: { refresh_token } });
      return response.status;
    },
  };
}

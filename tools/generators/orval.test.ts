import { inject, test } from "vitest";
import * as portico from "./generated/orval/client.ts";
import { type GeneratedClient, travel } from "./journey.ts";
import { useService } from "./orval-fetch.ts";

const service: string = inject("service");

test("orval's functions make the journey", async () => {
  useService(service);
  await travel(client, service);
});

const client: GeneratedClient = {
  async signUp(user) {
    const { status, data } = await portico.signUp(user);
    return status === 201 ? data.status : data.code;
  },
  async confirmSignUp(username, code) {
    const { status, data } = await portico.confirmSignUp({ username, code });
    return status === 200 ? data.status : data.code;
  },
  async signIn(user) {
    const { status, data } = await portico.signIn(user);
    if (status !== 200) return data.code;
    if (data.status !== "signed_in") return data.status;
    const { access_token: accessToken, refresh_token: refreshToken = "" } = data.tokens;
    return { accessToken, refreshToken };
  },
  async getSession(token) {
    const headers = { Authorization: `Bearer ${token}` };
    const { status, data } = await portico.getSession({ headers });
    return status === 200 ? data.sub : data.code;
  },
  async refreshTokens(refresh_token) {
    const { status, data } = await portico.refreshTokens({ refresh_token });
    if (status === 200) return data.tokens.access_token;
    return status === 204 ? "" : data.code;
  },
  async signOut(refresh_token) {
    const { status } = await portico.signOut({ refresh_token });
    return status;
  },
};

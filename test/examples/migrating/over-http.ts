/** The same over Portico, whose tokens come and go as before: `service` is its address. */
export function createAccounts(service: string) {
  async function ask(method: string, path: string, body?: object, accessToken?: string) {
    const response = await fetch(service + path, {
      method,
      headers: {
        ...(body && { "Content-Type": "application/json" }),
        ...(accessToken && { Authorization: `Bearer ${accessToken}` }),
      },
      ...(body && { body: JSON.stringify(body) }),
    });
    const answer = response.status === 204 ? undefined : await response.json();
    if (!response.ok) throw Object.assign(new Error(answer.title), { code: answer.code });
    return answer;
  }
  return {
    signUp: (username: string, password: string) =>
      ask("POST", "/v1/sign-up", { username, password }),
    confirm: (username: string, code: string) =>
      ask("POST", "/v1/sign-up/confirm", { username, code }),
    async signIn(username: string, password: string) {
      const { tokens, challenge } = await ask("POST", "/v1/sign-in", { username, password });
      if (!tokens) throw new Error(`not done: ${challenge.type}`);
      return tokens;
    },
    refresh: async (refresh_token: string) =>
      (await ask("POST", "/v1/token/refresh", { refresh_token })).tokens,
    profile: async (accessToken: string) =>
      (await ask("GET", "/v1/me", undefined, accessToken)).attributes,
    signOut: (refresh_token: string) => ask("POST", "/v1/sign-out", { refresh_token }),
  };
}

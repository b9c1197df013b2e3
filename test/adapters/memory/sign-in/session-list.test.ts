import { describe, expect, it } from "vitest";
import {
  ada,
  createProvider,
  outcomeOf,
  readPart,
  signIn,
  signUpAndIn,
  startSeconds,
} from "../support.ts";

describe("sessions", () => {
  it("are listed, the newest first", async () => {
    const provider = createProvider();
    provider.clock.advance(0.7);
    const { refreshToken } = await signUpAndIn(provider);
    provider.clock.advance(10);
    const { accessToken } = await signIn(provider);
    provider.clock.advance(10);
    await provider.identity.refresh({ refreshToken });

    const page = await provider.identity.listSessions({ accessToken, limit: 60 });

    const id = readPart(accessToken, 1).origin_jti;
    expect(page).toEqual({
      items: [
        { id, isCurrent: true, createdAt: startSeconds + 10, lastActiveAt: startSeconds + 10 },
        {
          id: expect.any(String),
          isCurrent: false,
          createdAt: startSeconds,
          lastActiveAt: startSeconds + 20,
        },
      ],
    });
  });

  it("are listed a page at a time, to the last of them", async () => {
    const provider = createProvider();
    await signUpAndIn(provider);
    provider.clock.advance(10);
    const { accessToken } = await signIn(provider);
    const list = (page: { readonly cursor?: string }) =>
      provider.identity.listSessions({ ...page, accessToken, limit: 1 });

    const first = await list({});
    const second = await list({ cursor: first.cursor ?? "" });

    expect(first).toMatchObject({ items: [{ isCurrent: true }], cursor: expect.any(String) });
    expect(second).toEqual({ items: [expect.objectContaining({ isCurrent: false })] });
  });

  it("are ended one by one, but not one's own and no one else's", async () => {
    const provider = createProvider();
    const first = await signUpAndIn(provider);
    const { accessToken } = await signIn(provider);
    const stranger = await signUpAndIn(provider, { ...ada, username: "eve@example.com" });
    const idOf = (token: string) => String(readPart(token, 1).origin_jti);
    const end = (sessionId: string) =>
      outcomeOf(provider.identity.endSession({ accessToken, sessionId }));

    const outcomes = [
      await end(idOf(first.accessToken)),
      await end(idOf(first.accessToken)),
      await end(idOf(accessToken)),
      await end(idOf(stranger.accessToken)),
      await end("invented"),
    ];

    expect(outcomes).toEqual(["done", "done", "conflict", "not_found", "not_found"]);
    const left = await provider.identity.listSessions({ accessToken, limit: 60 });
    expect(left.items).toHaveLength(1);
    expect(await outcomeOf(provider.identity.refresh(first))).toBe("invalid_refresh_token");
    expect(await outcomeOf(provider.identity.getProfile(first))).toBe("token_revoked");
    expect(await outcomeOf(provider.identity.refresh(stranger))).toBe("done");
  });
});

import { expect, test } from "vitest";
import type { Revocation } from "../../../src/domain/revocation.ts";
import type { Ports } from "../../../src/ports/index.ts";
import { ada, administrators } from "../admin-support.ts";
import { startService } from "../support.ts";

const now = 1_790_000_000_500;
const second = Math.floor(now / 1000);

function watched(longestTokenSeconds?: number) {
  const added: Revocation[] = [];
  const ports = (): Partial<Ports> => ({
    revocations: {
      add: async (revocation) => void added.push(revocation),
      ...(longestTokenSeconds !== undefined && { longestTokenSeconds }),
    },
  });
  const clock = { now: () => now };
  return { added, service: startService({ administrators, ports, provider: { clock } }) };
}

test.each([
  [undefined, "whose life nobody tells", 86_400],
  [300, "that lives for 300 seconds", 300],
])(
  "a token $1 is refused for $2 seconds, and a minute for the clocks",
  async (life, _which, seconds) => {
    const { added, service } = watched(life);
    const { access_token: token, refresh_token } = await service.signedIn();

    await service.send("POST", "/v1/sign-out", { token, body: { refresh_token } });

    expect(added.map(({ until }) => until)).toEqual([second + seconds + 60]);
  },
);

test("tokens of the second in which all were ended are refused, and a minute's more of who is gone", async () => {
  const { added, service } = watched();
  await service.signUp();
  const token = await service.adminToken();

  for (const path of ["sign-out", "disable"])
    await service.send("POST", `${ada}/${path}`, { token });
  await service.send("DELETE", ada, { token });

  const issuedUntil = added.map((one) =>
    one.kind === "user" ? one.issuedUntil - second : undefined,
  );
  expect(issuedUntil).toEqual([0, 0, 0, 60]);
});

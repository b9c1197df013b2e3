import { describe, expect, it } from "vitest";
import * as passwords from "../../../src/domain/use-cases/passwords.ts";
import * as registration from "../../../src/domain/use-cases/registration.ts";
import { signIn } from "../../../src/domain/use-cases/sessions.ts";
import { ada, createOpenProvider, newPassword, outcomeOf, signUpConfirmed } from "./support.ts";

type OpenProvider = ReturnType<typeof createOpenProvider>;

/** How an account can be when someone starts to try things on its name. */
const states: Record<string, (provider: OpenProvider) => Promise<unknown>> = {
  unconfirmed: ({ identity }) => identity.signUp(ada),
  confirmed: (provider) => signUpConfirmed(provider),
  async disabled(provider) {
    await signUpConfirmed(provider);
    provider.change(ada.username, { isEnabled: false });
  },
  async "in need of a new password"(provider) {
    await signUpConfirmed(provider);
    provider.change(ada.username, { status: "password_reset_required" });
  },
  async "without any address"(provider) {
    await provider.identity.signUp(ada);
    provider.change(ada.username, { attributes: {}, status: "confirmed" });
  },
};

/** What anyone can try who knows no secret: the code is none that is ever sent. */
const tries = {
  signIn: ({ ports }) => signIn(ports, { ...name, password: "wrong" }),
  confirm: ({ ports }) => registration.confirmSignUp(ports, { ...name, code: "abcdef" }),
  resend: ({ ports }) => registration.resendConfirmation(ports, name),
  forgot: ({ ports }) => passwords.forgotPassword(ports, name),
  reset: ({ ports }) => passwords.resetPassword(ports, { ...name, code: "abcdef", newPassword }),
  waitASecond: async ({ clock }) => clock.advance(1),
  waitHalfAnHour: async ({ clock }) => clock.advance(1800),
} satisfies Record<string, (service: Service) => Promise<unknown>>;

type Try = keyof typeof tries;

const name = { username: ada.username };

type Service = ReturnType<typeof serviceOver>;

/** What stands between the provider and those who try. */
function serviceOver({ identity, clock }: OpenProvider) {
  return { ports: { identity, clock, events: { record: () => undefined } }, clock };
}

async function answers(
  prepare: (provider: OpenProvider) => Promise<unknown>,
  script: readonly Try[],
): Promise<string[]> {
  const provider = createOpenProvider();
  await prepare(provider);
  // A code that was sent a while ago dies before one that was never sent would.
  provider.clock.advance(7200);
  const service = serviceOver(provider);
  const given: string[] = [];
  for (const each of script) given.push(`${each}: ${await outcomeOf(tries[each](service))}`);
  return given;
}

/** Tries in a row that is random, and the same in each run. */
function scriptOf(seed: number, length: number): Try[] {
  const all = Object.keys(tries) as Try[];
  let state = seed;
  return Array.from({ length }, () => {
    state = (state * 1_103_515_245 + 12_345) % 2 ** 31;
    return all[(state >> 16) % all.length] ?? "signIn";
  });
}

function repeat(times: number, ...script: readonly Try[]): Try[] {
  return Array.from({ length: times }, () => script).flat();
}

describe.each(Object.entries(states))("a name whose account is %s", (_, prepare) => {
  it.each<[string, Try[]]>([
    ["wrong passwords", repeat(12, "signIn", "waitASecond")],
    ["wrong sign-up codes", repeat(18, "confirm")],
    ["wrong sign-up codes for a day and more", repeat(60, "confirm", "waitHalfAnHour")],
    ["wrong sign-up codes with new ones asked for", repeat(4, ...repeat(6, "confirm"), "resend")],
    ["wrong reset codes", repeat(22, "reset")],
    ["wrong reset codes with new ones asked for", repeat(4, "forgot", ...repeat(6, "reset"))],
    ["codes that nobody asked for by the dozen", [...repeat(25, "forgot"), "reset", "resend"]],
  ])("gets the same answers as one that nobody has to %s", async (_, script) => {
    const expected = await answers(async () => undefined, script);

    expect(await answers(prepare, script)).toEqual(expected);
  });

  it("gets the same answers as one that nobody has to anything tried at random", async () => {
    for (let seed = 1; seed <= 20; seed += 1) {
      const script = scriptOf(seed, 80);
      const expected = await answers(async () => undefined, script);

      expect(await answers(prepare, script), `seed ${seed}`).toEqual(expected);
    }
  });
});

import { expect } from "vitest";
import { mfaMethods, type SignInFactor, signInFactors } from "../../../src/domain/challenge.ts";
import { characterKinds } from "../../../src/domain/set-up.ts";
import type { Subject } from "./subject.ts";
import { inventUser, type NameKind, signedIn } from "./users.ts";
import type { Received, Said } from "./wire.ts";

/** A thing that the capabilities say, and how it is seen to be so. */
export type Probe = (subject: Subject, said: Said) => Promise<void>;

/** Ways to hold each member against what the service does. */
export const probes: Readonly<Record<string, Probe>> = {
  "sign_up.status and usernames": async (subject, { sign_up: said }) => {
    const confirmed = said.confirmation?.length === 0 ? "confirmed" : "confirmation_required";
    const statuses = { open: confirmed, approval: "approval_required", closed: undefined };
    for (const kind of said.usernames ?? (["email"] as const)) {
      const { body } = await signUp(subject, said, kind);

      expect(wordOf(body)).toBe(statuses[said.status] ?? "sign_up_disabled");
    }
  },

  "names that no account can be made under": async (subject, { sign_up: said }) => {
    if (said.status === "closed" || said.usernames?.includes("username")) return;
    for (const kind of ["email", "phone_number", "username"] as const) {
      if (said.usernames?.includes(kind)) continue;
      const { body } = await signUp(subject, said, kind);

      expect(body.errors?.map(({ pointer }) => pointer)).toEqual(["/username"]);
    }
  },

  "sign_up.required_attributes": async (subject, { sign_up: said }) => {
    const [kind = "email"] = said.usernames ?? [];
    for (const name of said.required_attributes ?? []) {
      const user = inventUser(kind, said.required_attributes);
      const { [name]: _, ...attributes } = user.attributes;
      const { body } = await subject.send("POST", "/v1/sign-up", { body: { ...user, attributes } });

      expect(body.code).toBe("validation_failed");
      expect(body.errors?.map(({ pointer }) => pointer)).toContain(`/attributes/${name}`);
    }
  },

  "sign_up.confirmation": async (subject, { sign_up: said }) => {
    if (said.status === "closed") return;
    for (const kind of said.usernames ?? []) {
      const user = inventUser(kind, said.required_attributes);
      await subject.send("POST", "/v1/sign-up", { body: user });
      const sent = await subject.messages(user.username, "sign_up_confirmation");
      const media = { email: "email", phone_number: "sms" } as const;
      const possible = said.confirmation?.map((contact) => media[contact]) ?? [];

      if (possible.length === 0) expect(sent).toEqual([]);
      else expect(possible).toContain(sent.at(-1)?.medium);
    }
  },

  "sign_up.confirmation_password": async (subject, { sign_up: said }) => {
    if (said.status !== "open" || said.confirmation?.length === 0) return;
    const [kind = "email"] = said.usernames ?? [];
    const user = inventUser(kind, said.required_attributes);
    await subject.send("POST", "/v1/sign-up", { body: user });
    const code = (await subject.messages(user.username, "sign_up_confirmation")).at(-1)?.code;
    const body = { username: user.username, code, password: "Another-Horse-8" };
    const confirmed = await subject.send("POST", "/v1/sign-up/confirm", { body });

    expect(wordOf(confirmed.body)).toBe(said.confirmation_password ? "confirmed" : "not_supported");
  },

  "sign_in.usernames": async (subject, said) => {
    for (const kind of said.sign_in.usernames ?? []) {
      const { names, password } = await signedIn(subject, said);
      const body = { username: names[kind], password };
      const { status } = await subject.send("POST", "/v1/sign-in", { body });

      expect(status, kind).toBe(200);
    }
  },

  "sign_in.first_factors": async (subject, said) => {
    for (const factor of signInFactors) {
      const { username, password, token } = await signedIn(subject, said);
      const body = { username, factor, ...(factor === "password" && { password }) };
      const { status } = await subject.send("POST", "/v1/sign-in", { body });
      const isListed = said.sign_in.first_factors.includes(factor);
      const isBegun = await beginning(factor, { subject, username, token, status });

      expect(isBegun, `${factor} begins with ${status}`).toBe(isListed);
    }
  },

  "sign_in.code_resend": async (subject, said) => {
    if (!said.sign_in.first_factors.includes("email_code")) return;
    const { username } = await signedIn(subject, said);
    const begun = { username, factor: "email_code" };
    const { body } = await subject.send("POST", "/v1/sign-in", { body: begun });
    const again = { session: body.challenge?.session };
    const { status } = await subject.send("POST", "/v1/sign-in/challenge/resend", { body: again });

    expect(status).toBe(said.sign_in.code_resend ? 202 : 501);
  },

  "second_factors.available": async (subject, said) => {
    if (said.second_factors.required) return;
    for (const method of mfaMethods) {
      const { token } = await signedIn(subject, said);
      const isListed = said.second_factors.available.includes(method);
      if (method === "totp") {
        const { status } = await subject.send("POST", "/v1/me/mfa/totp", { token, body: {} });
        expect(status === 200, `totp gets ${status}`).toBe(isListed);
      } else {
        const body = { enabled: [method] };
        const { status } = await subject.send("PUT", "/v1/me/mfa", { token, body });
        expect(status === 204, `${method} gets ${status}`).toBe(isListed);
      }
    }
  },

  "second_factors.recovery_codes": async (subject, said) => {
    if (said.second_factors.required) return;
    const { token } = await signedIn(subject, said);
    const { body } = await subject.send("POST", "/v1/me/mfa/recovery-codes", { token });

    // Nobody has any without a second factor.
    expect(body.code).toBe(
      said.second_factors.recovery_codes ? "mfa_not_available" : "not_supported",
    );
  },

  "second_factors.required": async (subject, said) => {
    const { username, password } = await signedIn(subject, said);
    const body = { username, password };
    const answer = await subject.send("POST", "/v1/sign-in", { body });

    expect(answer.body.status).toBe(said.second_factors.required ? "challenge" : "signed_in");
  },

  passkeys: async (subject, said) => {
    if (said.second_factors.required) return;
    const { token = "" } = await signedIn(subject, said);

    expect(await mayHavePasskey(subject, token)).toBe(said.passkeys);
  },

  "password.min_length and max_length": async (subject, said) => {
    const { min_length: least = 0, max_length: most = 0 } = said.password ?? {};
    const ofLength = (length: number) => `Aa1!${"x".repeat(length)}`.slice(0, length);

    expect(await reasons(subject, said, ofLength(least - 1))).toEqual(["too_short"]);
    expect(await reasons(subject, said, ofLength(least))).toEqual([]);
    expect(await reasons(subject, said, ofLength(most))).toEqual([]);
    expect(await reasons(subject, said, ofLength(most + 1))).toEqual(["too_long"]);
  },

  "password.requires": async (subject, said) => {
    const parts = { lowercase: "horses", uppercase: "HORSES", digit: "123456", symbol: "!?!?!?" };
    for (const kind of characterKinds) {
      const { [kind]: _, ...others } = parts;
      const password = Object.values(others).join("").repeat(3);
      const isRequired = said.password?.requires.includes(kind) ?? false;

      expect(await reasons(subject, said, password)).toEqual(isRequired ? [`missing_${kind}`] : []);
    }
  },

  recovery: async (subject, said) => {
    const { username } = await signedIn(subject, said);
    await subject.send("POST", "/v1/password/forgot", { body: { username } });
    const sent = await subject.messages(username, "password_reset");

    expect(sent.length > 0).toBe(said.recovery);
  },

  account: async (subject, said) => {
    if (said.second_factors.required) return;
    const { token, password } = await signedIn(subject, said);
    const asked = async (method: string, path: string, body?: object) =>
      (await subject.send(method, path, { token, ...(body && { body }) })).status !== 501;
    const change = { current_password: password, new_password: "Another-Horse-8" };

    expect({
      profile: await asked("GET", "/v1/me"),
      session_list: await asked("GET", "/v1/me/sessions"),
      password_change: await asked("POST", "/v1/password/change", change),
      deletion: await asked("DELETE", "/v1/me"),
      sign_out_everywhere: await asked("POST", "/v1/sign-out/everywhere"),
    }).toEqual(said.account);
  },

  browser_sessions: async (subject, said) => {
    if (said.second_factors.required) return;
    const { username, password } = await signedIn(subject, said);
    const headers = { "Portico-Session": "cookie", "Sec-Fetch-Site": "same-origin" };
    const body = { username, password };
    const answer = await subject.send("POST", "/v1/sign-in", { body, headers });

    expect(wordOf(answer.body)).toBe(said.browser_sessions ? "session_started" : "not_supported");
  },

  captcha: async (subject, said) => {
    const [kind = "email"] = said.sign_up.usernames ?? [];
    const user = inventUser(kind, said.sign_up.required_attributes);
    const { username } = user;
    const calls = {
      signUp: ["/v1/sign-up", user],
      resendConfirmation: ["/v1/sign-up/resend", { username }],
      forgotPassword: ["/v1/password/forgot", { username }],
    } as const;
    for (const [operation, [path, body]] of Object.entries(calls)) {
      const { body: answer } = await subject.send("POST", path, { body });
      const isAsked = said.captcha?.operations.some((one) => one === operation) ?? false;

      expect(answer.code === "rejected_by_policy", operation).toBe(isAsked);
    }
  },
};

async function signUp(subject: Subject, said: Said["sign_up"], kind: NameKind) {
  const body = inventUser(kind, said.required_attributes);
  return subject.send("POST", "/v1/sign-up", { body });
}

/**
 * Tells whether a factor has really begun a sign-in. One that nobody has seems to, where that hides who exists: but no code
 * is sent, and no passkey taken.
 */
async function beginning(
  factor: SignInFactor,
  { subject, username, token, status }: Begun,
): Promise<boolean> {
  if (factor === "email_code" || factor === "sms_code")
    return (await subject.messages(username, "sign_in_code")).length > 0;
  if (factor === "passkey") return token !== undefined && (await mayHavePasskey(subject, token));
  return status === 200;
}

interface Begun {
  readonly subject: Subject;
  readonly username: string;
  readonly token: string | undefined;
  readonly status: number;
}

async function mayHavePasskey(subject: Subject, token: string): Promise<boolean> {
  const path = "/v1/me/passkeys/registration";
  return (await subject.send("POST", path, { token })).status === 200;
}

/** Gives the rules that a password breaks, as whoever sets one is told: nothing where it keeps them all. */
async function reasons(subject: Subject, said: Said, password: string) {
  const answer = await (said.recovery ? resetTo : changeTo)(subject, said, password);
  if (answer.status < 300) return [];
  expect(answer.body.code).toBe("password_policy_violation");
  return (answer.body.errors ?? []).map(({ reason }) => reason);
}

async function resetTo(subject: Subject, said: Said, password: string) {
  const { username } = await signedIn(subject, said);
  await subject.send("POST", "/v1/password/forgot", { body: { username } });
  const code = (await subject.messages(username, "password_reset")).at(-1)?.code;
  const body = { username, code, new_password: password };
  return subject.send("POST", "/v1/password/reset", { body });
}

async function changeTo(subject: Subject, said: Said, password: string) {
  const { token, password: current_password } = await signedIn(subject, said);
  const body = { current_password, new_password: password };
  return subject.send("POST", "/v1/password/change", { token, body });
}

/** Gives the word of an answer: the code of a problem, whose status is a number, or the status of anything else. */
function wordOf({ code, status }: Received["body"]): string | undefined {
  return code ?? status;
}

import { readSession, type SessionReading } from "../../../src/session.ts";
import { password, username } from "../session-service.ts";

/** The outcomes of reading sessions on a runtime, by what was tried. */
export type SessionReport = Readonly<Record<string, unknown>>;

const secrets = "s".repeat(32);

/** Signs in at a service, and reads the session as an application on its host does. */
export async function reportSession(serviceUrl: string): Promise<SessionReport> {
  const publicUrl = serviceUrl;
  const signIn = await fetch(`${serviceUrl}/v1/sign-in`, {
    method: "POST",
    headers: {
      "Content-Type": "application/json",
      "Portico-Session": "cookie",
      "Sec-Fetch-Site": "same-origin",
    },
    body: JSON.stringify({ username, password }),
  });
  const request = (cookie: string) =>
    new Request(`${serviceUrl}/`, { headers: { Cookie: cookie } });
  const cookie = jarOf(signIn.headers.getSetCookie());
  const soon = { now: () => Date.now() + 3_600_000 };
  const first = await readSession(request(cookie), { secrets, publicUrl });
  const due = await readSession(request(cookie), { secrets, publicUrl, clock: soon });
  const [alone = ""] = cookie.split("; ");
  const renewed = await readSession(request(alone), { secrets, publicUrl, serviceUrl });
  const after = await readSession(request(jarOf(renewed.setCookies)), { secrets, publicUrl });
  const rotated = await readSession(request(cookie), {
    secrets: `${"n".repeat(32)},${secrets}`,
    publicUrl,
  });
  const madeUp = await readSession(request("portico=a.b.c.d.e; portico-access=\u00e9"), {
    secrets,
    publicUrl,
    serviceUrl,
  });
  const nowhere = await readSession(request(alone), {
    secrets,
    publicUrl,
    serviceUrl: "http://127.0.0.1:1",
  });
  return {
    first: told(first),
    due: told(due),
    renewed: told(renewed),
    after: told(after),
    rotated: told(rotated),
    madeUp: told(madeUp),
    nowhere: told(nowhere),
  };
}

function told(reading: SessionReading): string {
  const user = reading.status === "signed_in" && reading.user.subject === reading.claims.sub;
  return `${reading.status}${user ? " as its user" : ""}, ${reading.setCookies.length} cookies`;
}

function jarOf(lines: readonly string[]): string {
  return lines.map((line) => line.slice(0, line.indexOf(";"))).join("; ");
}

import { createMailer, createMailTemplates } from "../../../src/adapters/mail/index.ts";
import { createMailServiceCourier } from "../../../src/adapters/mail-service/index.ts";

/** Sends a mail by the service over HTTP at an address, and tells what came of it. */
export async function reportMail(url: string): Promise<Readonly<Record<string, string>>> {
  const failures: unknown[] = [];
  const mailer = createMailer({
    courier: createMailServiceCourier({
      url: `${url}/send`,
      from: "a@ants.example",
      token: "t0ken",
    }),
    templates: createMailTemplates({ name: "Ants", language: "en" }),
    clock: Date,
    onFailure: (failure) => failures.push(failure),
    pausesMs: [10],
  });
  const message = {
    username: "ada",
    medium: "email",
    destination: "ada@example.com",
    purpose: "sign_in_code",
    code: "471108",
    locale: "de",
    sentAt: 0,
  } as const;
  const taken = await mailer.deliver(message).then(
    () => "taken",
    (error: unknown) => String(error),
  );
  const refused = await mailer.deliver({ ...message, destination: "eve@example.com" }).then(
    () => "taken",
    (error: unknown) => String(error),
  );
  mailer.tell({
    kind: "password_changed",
    recipient: async () => ({ address: "ada@example.com" }),
  });
  await mailer.settled();
  return { taken, refused, failures: String(failures.length) };
}

import { type AppOptions, createApp } from "../../../src/http/app.ts";
import type { IdentityProvider, OutboxMessage, Ports } from "../../../src/ports/index.ts";
import { type Received, readAnswer, type Sent, sendTo } from "./wire.ts";

/** The service under test, and the one way to what it sent. */
export interface Subject {
  readonly identity: IdentityProvider;
  send(method: string, path: string, sent?: Sent): Promise<Received>;
  /** Gives the messages of a purpose to a user, by a name of theirs, oldest first. */
  messages(
    username: string,
    purpose: OutboxMessage["purpose"],
  ): Promise<readonly Pick<OutboxMessage, "medium" | "code">[]>;
}

/** Puts the service on a provider. */
export function subjectOf(
  ports: Ports,
  messages: Subject["messages"],
  options: AppOptions = {},
): Subject {
  const app = createApp(ports, options);
  return {
    identity: ports.identity,
    messages,
    send: async (method, path, sent) =>
      readAnswer(await app.request(path, sendTo(method, sent)), method, path),
  };
}

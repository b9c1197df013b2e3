export { createWebhookEventSink, type WebhookEventSink } from "./event-sink.ts";
export { webhookSecretPattern } from "./signer.ts";

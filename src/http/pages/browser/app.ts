import { createClient } from "../../../client/create-client.ts";
import { defineElements } from "../../../elements/define.ts";
import { showOutbox } from "./outbox.ts";

// The service may be mounted below a path: it is where its pages are.
const url = new URL(".", location.href).href.replace(/\/$/, "");
const main = document.querySelector("main");
const { outbox } = main?.dataset ?? {};
if (main && outbox) showOutbox(main, outbox);
defineElements({ client: createClient({ url, tokens: "cookie" }), style: false });

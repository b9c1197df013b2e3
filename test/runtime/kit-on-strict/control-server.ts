import { serve } from "../../../src/node.ts";
import {
  type StrictHarness,
  type StrictSetup,
  startStrictHarness,
} from "../../contract/cognito-strict-harness.ts";
import type { Control, ControlAnswer, ControlCall, StrictPlace } from "./strict-place.ts";

/** Where harnesses in other processes have strict servers started, and reach their controls. */
export interface ControlServer {
  readonly url: string;
  close(): Promise<void>;
}

/** Starts it, for pools that are set up alike. */
export async function startControlServer(setup: StrictSetup): Promise<ControlServer> {
  const harnesses = new Map<string, StrictHarness>();

  async function open(starting: Promise<StrictHarness>): Promise<StrictPlace> {
    const id = crypto.randomUUID();
    const harness = await starting;
    harnesses.set(id, harness);
    const { options, issuer, jwksUri, controls } = harness;
    const { rotation, requiredAttribute } = controls;
    const { name, value } = requiredAttribute;
    const attribute = { requiredAttribute: { name, value } };
    return { id, options, issuer, jwksUri, ...attribute, ...(rotation && { rotation }) };
  }

  async function answer(call: ControlCall): Promise<unknown> {
    if (call.action === "start") return open(startStrictHarness(setup));
    const harness = harnesses.get(call.place);
    if (!harness) throw new Error("There is no such place.");
    const { control } = call;
    if (control.action === "startOther") return open(harness.controls[control.other].start());
    if (control.action === "close") harnesses.delete(call.place);
    return work(harness, control);
  }

  const { port, close } = await serve({
    port: 0,
    async fetch(request) {
      const answered: Partial<ControlAnswer<unknown>> = await answer(await request.json()).then(
        (value) => ({ value }),
        (error: unknown) => ({ error: String(error) }),
      );
      return Response.json(answered);
    },
  });
  return {
    url: `http://127.0.0.1:${port}`,
    async close() {
      await close();
      await Promise.all([...harnesses.values()].map((harness) => harness.close()));
    },
  };
}

function work(
  harness: StrictHarness,
  control: Exclude<Control, { readonly action: "startOther" }>,
): unknown {
  const { controls } = harness;
  switch (control.action) {
    case "close":
      return harness.close();
    case "advance":
      return controls.clock?.advance(control.seconds);
    case "failNext":
      return controls.deliveryFaults?.failNext();
    case "disable":
      return controls.disabling?.disable(control.username);
    case "demand":
      return controls.forcedReset?.demand(control.username);
    case "createGroup":
      return controls.groups?.create(control.name);
    case "codeFor":
      return harness.codeFor(control.username, control.purpose);
    case "count":
      return controls.deliveries?.count(control.username, control.purpose);
  }
}

import type { PorticoClient } from "./client.ts";
import type { LabelName, Labels } from "./texts/en.ts";

/** Something wrong, in words. */
export interface Explanation {
  readonly text: string;
  /** The parts of it that are about one answer each, by the places in the request that it may have gone to. */
  readonly faults: readonly { readonly pointers: readonly string[]; readonly text: string }[];
}

/** The pages that an element can send the browser to. */
export type Destination = "sign-in" | "sign-up" | "recover" | "account";

/** The place where an element shows one screen after the other. */
export interface Stage {
  readonly client: PorticoClient;
  readonly labels: Labels;
  /** The language of the labels and of dates, as BCP 47 has it. */
  readonly language: string;
  /** Aborted when the element leaves the document. */
  readonly signal: AbortSignal;
  /** Gives a label with what is put into its braces. */
  say(name: LabelName, values: Readonly<Record<string, string | number>>): string;
  explain(error: unknown): Explanation;
  heading(text: string, id?: string): HTMLHeadingElement;
  /** Shows a screen in place of the one before, and moves the focus there, but for the first. */
  show(screen: HTMLElement): void;
  /** Has screen readers say something. */
  tell(text: string): void;
  /** Makes the link to a page, at which an application can do something of its own. */
  linkTo(destination: Destination, label: string): HTMLAnchorElement;
  /** Tells the application of something by an event, and gives whether it leaves the rest to the element. */
  emit(name: string, detail?: Readonly<Record<string, unknown>>): boolean;
  /** Gives the options of an operation that the service may want a captcha for. */
  guarded(operation: string): Promise<{ readonly signal: AbortSignal; readonly captcha?: string }>;
}

import type { Catalogue, PorticoClient } from "./client.ts";
import type { Labels } from "./texts/en.ts";

/** The words of one language: the labels of the elements, and the client's texts for errors. */
export interface Texts {
  readonly labels: Labels;
  readonly errors: Catalogue;
}

/** Gives the token of a solved captcha, for an operation that the service wants one for. */
export type SolveCaptcha = (captcha: {
  readonly operation: string;
  /** As the service's capabilities name them. */
  readonly provider: string | undefined;
  readonly siteKey: string | undefined;
}) => Promise<string>;

/** The options of {@link defineElements}. */
export interface ElementsOptions {
  /**
   * The client that all elements use. One element can have another as its property `client`.
   *
   * @default one of the service at the page's own origin, with its session in cookies
   */
  readonly client?: PorticoClient;
  /** Words of other languages, or in the place of ours, by the language's tag (BCP 47). @default English and German */
  readonly texts?: Readonly<Record<string, Texts | (() => Promise<Texts>)>>;
  /** Needed where the service has a captcha, whose widget is the page's own to show. @default none */
  readonly captcha?: SolveCaptcha;
  /** Whether the style is put on the page. @default true */
  readonly style?: boolean;
}

import { renderSVG } from "uqr";

/** Loads what draws codes. */
export type LoadQr = () => Promise<{ readonly qrCode: typeof qrCode }>;

/** Draws a text, such as an `otpauth://` URI, as a QR code in SVG: black on white, with the margin that scanners need. */
export function qrCode(text: string): string {
  return renderSVG(text, { border: 4 });
}

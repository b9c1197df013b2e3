/** Makes ids of events: text in the order in which they were made, and different wherever that is. */
export function createEventIds(): (at: number) => string {
  let last = "";
  let count = 0;
  return (at) => {
    const moment = momentOf(at);
    count = moment === last ? count + 1 : 0;
    last = moment;
    const random = [...crypto.getRandomValues(new Uint8Array(8))].map((byte) => hex(byte, 2));
    return `${moment}${hex(Math.min(count, 0xffff), 4)}${random.join("")}`;
  };
}

/** Gives the text that the ids of a moment begin with, which comes before them and after those of any before. */
export function momentOf(at: number): string {
  return hex(Math.max(0, Math.trunc(at)), 12);
}

/** The form of an id. Digits come before these letters in every order of text that a database may have. */
export const eventIdPattern = /^[0-9a-f]{32}$/;

function hex(value: number, length: number): string {
  return value.toString(16).padStart(length, "0");
}

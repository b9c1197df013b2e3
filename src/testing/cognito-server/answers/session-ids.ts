const digits = 25;
const radix = 36;

/** Writes the id of a session as Cognito does: in 28 letters and digits. */
export function writeSessionId(uuid: string): string {
  const number = BigInt(`0x${uuid.replaceAll("-", "")}`);
  return `tkn${number.toString(radix).padStart(digits, "0")}`;
}

/** Reads a session's id that {@link writeSessionId} wrote. Any other text is the id of no session. */
export function readSessionId(id: string): string {
  let number = 0n;
  for (const digit of id.slice(3).toLowerCase())
    number = number * BigInt(radix) + BigInt(Number.parseInt(digit, radix));
  const hex = number.toString(16).padStart(32, "0");
  return hex.replace(/^(.{8})(.{4})(.{4})(.{4})(.{12})$/, "$1-$2-$3-$4-$5");
}

const weekdays = "Sun Mon Tue Wed Thu Fri Sat".split(" ");
const months = "Jan Feb Mar Apr May Jun Jul Aug Sep Oct Nov Dec".split(" ");
const form = new RegExp(
  `^(${weekdays.join("|")}) (${months.join("|")}) (\\d{1,2}) (\\d{1,2}):(\\d{1,2}):(\\d{1,2}) UTC (\\d{4})$`,
);

/** The time in a proof. */
export interface SrpTimestamp {
  /** In milliseconds since the epoch. */
  readonly time: number;
  /** The one spelling that is signed: whoever signs another proves nothing. */
  readonly canonical: string;
}

/**
 * Reads the time in a proof, `EEE MMM d HH:mm:ss z yyyy` in English and UTC: nothing, where it is not of that form.
 *
 * @see https://github.com/amazon-archives/amazon-cognito-identity-js/issues/683
 */
export function readSrpTimestamp(text: string): SrpTimestamp | undefined {
  const parts = form.exec(text)?.slice(1);
  if (!parts) return undefined;
  const [, month = "", day, hours, minutes, seconds, year] = parts;
  const [d, h, m, s, y] = [day, hours, minutes, seconds, year].map(Number);
  const time = Date.UTC(y ?? 0, months.indexOf(month), d, h, m, s);
  return { time, canonical: writeSrpTimestamp(time) };
}

function writeSrpTimestamp(time: number): string {
  const date = new Date(time);
  const [weekday, month] = [weekdays[date.getUTCDay()], months[date.getUTCMonth()]];
  const clock = date.toISOString().slice(11, 19);
  return `${weekday} ${month} ${date.getUTCDate()} ${clock} UTC ${date.getUTCFullYear()}`;
}

// How the pages write figures, written down a second time so that a test can expect it.

const MINUTE = 60;
const HOUR = 60 * MINUTE;
const DAY = 24 * HOUR;

/** `45 s`, `11 min`, `2 h 04`, `1 d 5 h`, `4 d`. Rounded down. */
export function duration(seconds: number): string {
  const whole = (unit: number) => Math.floor(seconds / unit);
  if (seconds < MINUTE) return `${seconds} s`;
  if (seconds < HOUR) return `${whole(MINUTE)} min`;
  if (seconds < DAY) return `${whole(HOUR)} h ${`${Math.floor((seconds % HOUR) / MINUTE)}`.padStart(2, "0")}`;
  const hours = Math.floor((seconds % DAY) / HOUR);
  return seconds < 4 * DAY && hours > 0 ? `${whole(DAY)} d ${hours} h` : `${whole(DAY)} d`;
}

/** Nothing is a dash. */
export function durationOrNothing(seconds: number | null): string {
  return seconds === null ? "–" : duration(seconds);
}

/** `67.3 %`, by parts of a thousand rounded to nearest. */
export function percent(part: number, whole: number): string {
  return whole === 0 ? "–" : `${Math.floor((part * 2000 + whole) / (whole * 2)) / 10} %`;
}

/** A text as read: spaces that don't break are spaces too. */
export function plain(text: string): string {
  return text.replace(/\s+/g, " ").trim();
}

/** The number in a text such as `10 412 cases`. */
export function number(text: string): number {
  const found = /\d[\d\s]*/.exec(text);
  if (!found) throw new Error(`there is no number in “${text}”`);
  return Number(found[0].replace(/\s/g, ""));
}

/** The cells of a CSV file, quoted ones too. */
export function csv(text: string): string[][] {
  const rows: string[][] = [[]];
  let cell = "";
  let quoted = false;
  const end = () => {
    rows.at(-1)?.push(cell);
    cell = "";
  };
  for (let at = 0; at < text.length; at += 1) {
    const letter = text[at];
    if (quoted) {
      if (letter !== '"') cell += letter;
      else if (text[at + 1] === '"') {
        cell += '"';
        at += 1;
      } else quoted = false;
    } else if (letter === '"') quoted = true;
    else if (letter === ",") end();
    else if (letter === "\n") {
      end();
      rows.push([]);
    } else if (letter !== "\r") cell += letter;
  }
  return rows.filter((row) => row.length > 0);
}

// A small invented archive in the layout of “customer support on Twitter”: three brands, four days,
// texts that are hard on a page. It ends three days before today, so that those still waiting are
// drawn on the horizon.

/** A day of the archive. */
export const DAYS = 4;
const FIRST_DAY_BACK = 6;
const DAY_MS = 86_400_000;

export const BRANDS = ["HollowayRail", "BrightbeanCafe", "NorthlineMobile"] as const;
/** Who is asked where nobody has answered. */
export const NOBODY = { key: "(none)", name: "Nobody in particular" };

export const ARABIC = "حقيبتي لم تصل منذ ثلاثة أيام، هل من أحد يرد عليّ؟";
export const JAPANESE = "電車が一時間も遅れています。誰か教えてください。";
export const EMOJI = "🚆💔 four hours 👨‍👩‍👧‍👦 on the platform 🏳️‍🌈";
export const MARKUP = `Hello <script>alert(1)</script> <img src=x onerror="alert(2)"> & <b>bold</b> words`;
export const FORMULA = `=HYPERLINK("https://example.org","click") asks a formula`;
export const LONG = `Long story: ${"the train, the bus, the replacement bus and the night. ".repeat(100)}`.slice(0, 5_000);
/** A thread of five posts in turn. */
export const THREAD = [
  "The kettle of platform nine is cold again, is anybody there?",
  "We are. Which platform is it exactly?",
  "Nine, as I said, beside the clock.",
  "Thank you. Somebody is on the way with a new one.",
  "It boils. That was quick!",
];

interface Post {
  id: number;
  author: string;
  inbound: boolean;
  at: number;
  text: string;
  answers?: number;
}

export interface Archive {
  csv: string;
  /** Its first and last day, as addresses write them. */
  from: string;
  to: string;
  /** How many cases it makes. */
  cases: number;
  /** How many of them nobody has answered. */
  waiting: number;
  rows: number;
}

export function date(at: number): string {
  return new Date(at).toISOString().slice(0, 10);
}

/** As the archive writes it: `Sat Nov 14 09:00:00 +0000 2026`. */
function clock(at: number): string {
  const [weekday, day, month, year, time] = new Date(at).toUTCString().replace(",", "").split(" ");
  return `${weekday} ${month} ${day} ${time} +0000 ${year}`;
}

export function archive(now = Date.now()): Archive {
  const midnight = Math.floor(now / DAY_MS) * DAY_MS - FIRST_DAY_BACK * DAY_MS;
  const posts: Post[] = [];
  let cases = 0;
  const post = (one: Omit<Post, "id">): number => {
    posts.push({ ...one, id: posts.length + 1 });
    return posts.length;
  };
  const person = () => `${70_000 + cases}`;
  /** The n-th conversation: nine hours of every day, never two at one instant. */
  const moment = (n: number) =>
    midnight + (n % DAYS) * DAY_MS + 8 * 3_600_000 + Math.floor(n / DAYS) * 37 * 60_000 + n * 1_000;

  const special = [ARABIC, JAPANESE, EMOJI, MARKUP, FORMULA, LONG];
  // Answered ones, from under a minute to more than a day.
  for (let n = 0; n < 48; n += 1) {
    cases += 1;
    const [brand, author, at] = [BRANDS[n % BRANDS.length], person(), moment(n)];
    const text = special[n] ?? `@${brand} question number ${n}, what now?`;
    const asked = post({ author, inbound: true, at, text });
    const wait_s = 40 + n * n * 41;
    post({ author: brand, inbound: false, at: at + wait_s * 1000, text: `@${author} answer ${n}`, answers: asked });
  }
  // A thread with turns.
  {
    cases += 1;
    const author = person();
    let before: number | undefined;
    THREAD.forEach((text, turn) => {
      const inbound = turn % 2 === 0;
      const at = moment(48) + turn * 7 * 60_000;
      before = post({ author: inbound ? author : BRANDS[0], inbound, at, text, answers: before });
    });
  }
  // Below a brand's own post: one answered, three not.
  for (let n = 0; n < 4; n += 1) {
    cases += 1;
    const [brand, at] = [BRANDS[n % BRANDS.length], moment(49 + n)];
    const ours = post({ author: brand, inbound: false, at: at - 3_600_000, text: `Our news of the day, number ${n}` });
    const author = person();
    const reply = post({ author, inbound: true, at, text: `Nice news, but where is my order ${n}?`, answers: ours });
    if (n === 0) {
      post({ author: brand, inbound: false, at: at + 600_000, text: "It comes today.", answers: reply });
    }
  }
  // Their beginning isn't in the archive.
  for (let n = 0; n < 2; n += 1) {
    cases += 1;
    const at = moment(53 + n);
    const reply = post({ author: person(), inbound: true, at, text: `As I wrote before, number ${n}`, answers: 900_000 + n });
    post({ author: BRANDS[n], inbound: false, at: at + 300_000, text: "We read it.", answers: reply });
  }
  // Nobody has answered these.
  for (let n = 0; n < 2; n += 1) {
    cases += 1;
    post({ author: person(), inbound: true, at: moment(55 + n), text: `Is there really nobody, for the ${n + 1}. time?` });
  }

  const cell = (text: string) => `"${text.replaceAll('"', '""')}"`;
  const lines = posts.map(({ id, author, inbound, at, text, answers }) =>
    [id, author, inbound ? "True" : "False", clock(at), cell(text), "", answers ?? ""].join(","),
  );
  const head = "tweet_id,author_id,inbound,created_at,text,response_tweet_id,in_response_to_tweet_id";
  return {
    csv: `${[head, ...lines].join("\n")}\n`,
    from: date(midnight),
    to: date(midnight + (DAYS - 1) * DAY_MS),
    cases,
    waiting: 5,
    rows: posts.length,
  };
}

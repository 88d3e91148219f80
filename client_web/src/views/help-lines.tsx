/** Crisis lines and the emergency number of a country; everything is in the page, so it works with the server gone. */
import { useState } from "preact/hooks";
import { chooseCountry, country } from "../country";
import { Icon } from "../icons";
import { nearest, type Reach, type Reachable } from "../lines";
import { page } from "../page";
import { word } from "../words";
import { useNow } from "./context";

const LOOK_MS = 60_000; // a line that closes meanwhile is not shown open

/** In the card: three lines and the emergency number, no more; `most`: fewer. */
export function HelpLines({ brief = false, most = 3 }: { brief?: boolean; most?: number }) {
  const [code, setCode] = useState(country);
  const choice = nearest(page.lines, code, page.lang, new Date(useNow(LOOK_MS)));
  const choose = (chosen: string): void => {
    chooseCountry(chosen);
    setCode(chosen);
  };
  const known = choice.country !== null;
  return (
    <section class="lines-of">
      {!known && <CountryChoice code={code} choose={choose} />}
      <h2 class="lines__title">{known ? word("help.lines", { country: named(code) }) : word("help.lines_world")}</h2>
      <ul class="lines">
        {choice.first.slice(0, most).map((reachable) => (
          <LineItem key={reachable.line.name} reachable={reachable} brief={brief} />
        ))}
        <Emergency numbers={choice.emergency} />
      </ul>
      {!brief && <More title={word("help.lines_more")} lines={choice.more} />}
      {!brief && <More title={word("help.lines_closed")} lines={choice.closed} />}
      {known && !brief && <CountryChoice code={code} choose={choose} />}
    </section>
  );
}

function LineItem({ reachable, brief }: { reachable: Reachable; brief: boolean }) {
  const { line } = reachable;
  const direct = line.channels.filter((channel) => channel.way !== "web" || line.channels.length === 1);
  const site = line.channels.find((channel) => channel.way === "web" && !direct.includes(channel));
  return (
    <li class="line">
      <div class="line__words">
        <p class="line__name">{line.name}</p>
        <p class="line__hours">{[hours(reachable), ...tongues(line.languages)].join(" · ")}</p>
        {line.audience && <p class="line__hours">{word(`help.for_${line.audience}`)}</p>}
        <p class="line__checked">{line.verified_on ? word("help.verified", { date: line.verified_on }) : word("help.unverified")}</p>
        {site && !brief && (
          <a class="line__site" href={site.to} target="_blank" rel="noopener noreferrer">
            {word("help.website")}
            <span class="unseen">, {line.name}</span>
          </a>
        )}
      </div>
      <div class="line__ways">
        {direct.map((channel) => (
          <Way key={channel.to} channel={channel} name={line.name} />
        ))}
      </div>
    </li>
  );
}

function Way({ channel, name }: { channel: Reach; name: string }) {
  const away = channel.to.startsWith("https:") || channel.way === "whatsapp";
  return (
    <a class="button" href={address(channel)} target={away ? "_blank" : undefined} rel={away ? "noopener noreferrer" : undefined}>
      <Icon name={channel.way === "phone" ? "phone" : channel.way === "web" ? "globe" : "message-square"} />
      <span>
        {label(channel)}
        <span class="unseen">, {name}</span>
      </span>
    </a>
  );
}

function Emergency({ numbers }: { numbers: readonly string[] }) {
  const [first, second] = numbers;
  const name = second ? word("help.emergency_or", { first: first!, second }) : (first ?? word("help.emergency_local"));
  return (
    <li class="line line--emergency">
      <div class="line__words">
        <p class="line__name">{name}</p>
        <p class="line__hours">{word("help.emergency_name")}</p>
      </div>
      <div class="line__ways">
        {numbers.map((number) => (
          <a key={number} class="button" href={`tel:${digits(number)}`}>
            <Icon name="phone" />
            {word("help.emergency_call", { number })}
          </a>
        ))}
      </div>
    </li>
  );
}

function More({ title, lines }: { title: string; lines: readonly Reachable[] }) {
  if (lines.length === 0) return null;
  return (
    <details class="fold">
      <summary>
        <Icon name="chevron-right" />
        {title}
      </summary>
      <ul class="lines">
        {lines.map((reachable) => (
          <LineItem key={reachable.line.name} reachable={reachable} brief={false} />
        ))}
      </ul>
    </details>
  );
}

function CountryChoice({ code, choose }: { code: string; choose: (code: string) => void }) {
  const known = Object.keys(page.lines.countries).map((each) => [each, named(each)] as const);
  const countries = known.sort(([, one], [, other]) => one.localeCompare(other, page.lang));
  return (
    <div class="field">
      <label for="country">{word("help.country")}</label>
      <select class="select" id="country" value={code} onChange={(event) => choose(event.currentTarget.value)}>
        <option value="">{word("help.country_none")}</option>
        {countries.map(([each, name]) => (
          <option key={each} value={each}>{name}</option>
        ))}
      </select>
      <p class="field__hint">{word("help.country_why")}</p>
    </div>
  );
}

/** The country's name in the language of the page: the operator's, or the browser's own. */
function named(code: string): string {
  return page.lines.countries[code]?.name ?? names("region").of(code) ?? code;
}

const kept = new Map<string, Intl.DisplayNames>();

function names(type: "region" | "language"): Intl.DisplayNames {
  const known = kept.get(type) ?? new Intl.DisplayNames(page.lang, { type });
  kept.set(type, known);
  return known;
}

function hours({ line, state, until }: Reachable): string {
  if (line.hours === "always") return word("help.open_all_day");
  if (state === "unknown") return word("help.hours_unknown");
  if (until === null) return word("help.open_now");
  if (state === "open") return word("help.open_until", { time: until.clock });
  if (!until.later) return word("help.closed_until", { time: until.clock });
  return word("help.closed_until_day", { day: word(`common.day_${until.day}`), time: until.clock });
}

/** Said only where it is not simply the language of the page. */
function tongues(codes: readonly string[] = []): string[] {
  if (codes.length === 0 || (codes.length === 1 && codes[0] === page.lang)) return [];
  return [codes.map((code) => page.lines.languages[code] ?? names("language").of(code) ?? code).join(", ")];
}

function label({ way, to, word: text, then }: Reach): string {
  if (way === "text") return text ? word("help.text_word_to", { word: text, number: to }) : word("help.text_to", { number: to });
  if (way === "whatsapp") return word("help.whatsapp_to", { number: to });
  if (way === "phone") return then ? word("help.call_then", { number: to, then }) : word("help.call_to", { number: to });
  return word(way === "chat" ? "help.chat" : "help.website");
}

function address({ way, to, word: text }: Reach): string {
  if (way === "text") return `sms:${digits(to)}${text ? `?&body=${text}` : ""}`; // iPhones want the "&", others the "?"
  if (way === "whatsapp") return `https://wa.me/${digits(to).replace("+", "")}`;
  return way === "phone" ? `tel:${digits(to)}` : to;
}

function digits(number: string): string {
  return number.replace(/[\s-]/g, "");
}

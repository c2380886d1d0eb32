// Dates as people read them. The browser only does the arithmetic of zones: not every one knows the names of the
// months in Azerbaijani and Kazakh.

import { knows, word, words } from "./words.js";

function parts(moment, zone) {
  const form = new Intl.DateTimeFormat("en-GB", {
    timeZone: zone, hourCycle: "h23", weekday: "short",
    year: "numeric", month: "numeric", day: "numeric", hour: "2-digit", minute: "2-digit",
  });
  const found = Object.fromEntries(form.formatToParts(new Date(moment)).map(({ type, value }) => [type, value]));
  return { ...found, month: Number(found.month), day: Number(found.day) };
}

const two = (number) => String(number).padStart(2, "0");
const WEEK = ["Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun"];

/** 09:30 */
export function clockTime(moment, zone) {
  const { hour, minute } = parts(moment, zone);
  return `${hour}:${minute}`;
}

/** 5 January 2026, in the order of the page's language. */
export function longDate(moment, zone) {
  const { year, month, day } = parts(moment, zone);
  return word("date_long", { y: year, m: words("months")[month - 1], d: day });
}

/** 5 January, for a list in which the year is plain. */
export function dayAndMonth(moment, zone) {
  const { month, day } = parts(moment, zone);
  return `${day} ${words("months")[month - 1]}`;
}

/** Mon, 5 January 2026 */
export function dayAndDate(moment, zone) {
  return `${words("weekdays")[WEEK.indexOf(parts(moment, zone).weekday)]}, ${longDate(moment, zone)}`;
}

/** Two moments with equal days are on the same day there. */
export function dayOf(moment, zone) {
  const { year, month, day } = parts(moment, zone);
  return `${year}-${two(month)}-${two(day)}`;
}

/** 2026-01-05T09:30, as a date field takes it. */
export function fieldValue(moment, zone) {
  return `${dayOf(moment, zone)}T${clockTime(moment, zone)}`;
}

/** "Baku time" where the page knows the city, the zone's own name elsewhere. */
export function zoneName(zone) {
  return knows(`zone_${zone}`) ? word(`zone_${zone}`) : zone;
}

/** 5 January 2026, 09:30 (Baku time) */
export function fullMoment(moment, zone) {
  return `${longDate(moment, zone)}, ${clockTime(moment, zone)} (${zoneName(zone)})`;
}

/**
 * What may stand in a text from outside and would change how the page looks or reads: control characters, marks that turn
 * the direction of what follows, and characters without a width.
 */
const UNSEEN =
  /[\u0000-\u0008\u000b-\u001f\u007f-\u009f\u00ad\u061c\u200b-\u200f\u2028-\u202e\u2060-\u2069\ufeff\ufff9-\ufffb]/g;
/** Sequences that a terminal would obey: colours, cursor, title, links. */
const TERMINAL =
  /\u001b(?:\[[0-?]*[ -/]*[@-~]|\][^\u0007\u001b]*(?:\u0007|\u001b\\)?|[PX^_][^\u001b]*(?:\u001b\\)?|[ -/]*[0-~])/g;

/** The text with everything that cannot be seen written as its code. */
export function visible(text: string): string {
  return text.replace(UNSEEN, (one) => `\\u${one.charCodeAt(0).toString(16).padStart(4, '0')}`);
}

/** What a program printed, as lines: what was meant for a terminal is gone, what else cannot be seen is named. */
export function printed(text: string): string {
  return visible(text.replace(TERMINAL, '').replaceAll('\r\n', '\n').replaceAll('\r', '\n'));
}

/** At most so many characters, never half of one. */
export function shortened(text: string, most: number): string {
  if (text.length <= most) return text;
  const end = /[\ud800-\udbff]/.test(text.charAt(most - 2)) ? most - 2 : most - 1;
  return `${text.slice(0, end)}…`;
}

/** A value as one short line of JSON; a long one costs no more than what is shown of it. */
export function brief(value: unknown, most = 120): string {
  if (typeof value === 'string') return shortened(visible(JSON.stringify(value.slice(0, most + 1))), most);
  return shortened(visible(JSON.stringify(value) ?? 'null'), most);
}

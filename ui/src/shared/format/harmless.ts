/**
 * What may stand in a text from outside and would change how the page looks or reads: control characters, marks that turn
 * the direction of what follows, and characters without a width. What joins or tags emoji to one picture is seen in it.
 */
const UNSEEN = new RegExp(
  [
    String.raw`[\u0000-\u0008\u000b-\u001f\u007f-\u009f\u00ad\u061c\u200b\u200c\u200e\u200f]`,
    String.raw`[\u2028-\u202e\u2060-\u2069\ufeff\ufff9-\ufffb]`,
    String.raw`(?<!\p{Extended_Pictographic}[\p{Emoji_Modifier}\ufe0f]?)\u200d`,
    String.raw`\u200d(?!\p{Extended_Pictographic})`,
    String.raw`(?<!\u{1f3f4}[\u{e0020}-\u{e007e}]{0,8})[\u{e0000}-\u{e007f}]`,
  ].join('|'),
  'gu',
);
/** Sequences that a terminal would obey: colours, cursor, title, links. */
const TERMINAL =
  /\u001b(?:\[[0-?]*[ -/]*[@-~]|\][^\u0007\u001b]*(?:\u0007|\u001b\\)?|[PX^_][^\u001b]*(?:\u001b\\)?|[ -/]*[0-~])/g;

/** The text with everything that cannot be seen written as its code. */
export function visible(text: string): string {
  return text.replace(UNSEEN, (one) => {
    const code = (one.codePointAt(0) ?? 0).toString(16);
    return code.length > 4 ? `\\u{${code}}` : `\\u${code.padStart(4, '0')}`;
  });
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

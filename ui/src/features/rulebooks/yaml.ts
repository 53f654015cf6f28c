export type TokenKind = 'key' | 'string' | 'number' | 'comment' | 'plain';
export interface Token {
  readonly kind: TokenKind;
  readonly text: string;
}

const KEY = /^(\s*(?:- +)*)([\w.-]+|"[^"]*"|'[^']*')(?=:(?:\s|$))/;
const NUMBER = /^-?\d+(\.\d+)?$/;

/** One line of YAML in parts to colour. It only looks at the line: good for reading, not for deciding anything. */
export function tokensOf(line: string): readonly Token[] {
  const tokens: Token[] = [];
  let rest = line;
  const key = KEY.exec(line);
  if (key) {
    const [whole, indent = '', name = ''] = key;
    tokens.push({ kind: 'plain', text: indent }, { kind: 'key', text: name });
    rest = line.slice(whole.length);
    tokens.push({ kind: 'plain', text: ':' });
    rest = rest.slice(1);
  }
  const comment = commentAt(rest);
  const value = comment < 0 ? rest : rest.slice(0, comment);
  if (value) tokens.push({ kind: kindOf(value), text: value });
  if (comment >= 0) tokens.push({ kind: 'comment', text: rest.slice(comment) });
  return tokens;
}

function kindOf(value: string): TokenKind {
  const bare = value.replace(/^\s*(- +)*/, '').trim();
  if (!bare || bare === '-' || /^[|>][+-]?$/.test(bare)) return 'plain';
  return NUMBER.test(bare) || bare === 'true' || bare === 'false' || bare === 'null' ? 'number' : 'string';
}

/** Where a comment begins outside quotes, or -1. */
function commentAt(text: string): number {
  let quote = '';
  for (let i = 0; i < text.length; i++) {
    const char = text.charAt(i);
    if (quote) {
      if (char === quote) quote = '';
    } else if (char === '"' || char === "'") quote = char;
    else if (char === '#' && (i === 0 || text.charAt(i - 1) === ' ')) return i;
  }
  return -1;
}

/// <reference types="node" />
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import ts from 'typescript';
import { describe, expect, it } from 'vitest';
import { isPermissive, shipped } from '../../../build/licences';

const SOURCES = join(import.meta.dirname, '../..');
/** Attributes that a person reads or hears. */
const READ = /^(aria-label|aria-description|title|placeholder|alt|label|hint|sub)$/;
const WORDS = /[A-Za-z]{2,}/;

/** Texts of a file that stand outside of the catalogue, with their lines. */
function textsOf(name: string, source: string): string[] {
  const file = ts.createSourceFile(name, source, ts.ScriptTarget.Latest, true, ts.ScriptKind.TSX);
  const found: string[] = [];
  const note = (node: ts.Node, text: string) => {
    if (!WORDS.test(text)) return;
    const { line } = file.getLineAndCharacterOfPosition(node.getStart());
    found.push(`${name}:${line + 1} ${text.trim()}`);
  };
  const visit = (node: ts.Node): void => {
    if (ts.isJsxText(node)) note(node, node.text);
    if (ts.isJsxAttribute(node) && READ.test(node.name.getText()) && node.initializer) {
      const value = ts.isJsxExpression(node.initializer) ? node.initializer.expression : node.initializer;
      if (value && ts.isStringLiteralLike(value)) note(node, value.text);
      if (value && ts.isTemplateExpression(value)) note(node, value.head.text);
    }
    // A text between braces is as good as one without.
    if (ts.isJsxExpression(node) && node.expression && !ts.isJsxAttribute(node.parent))
      literals(node.expression);
    ts.forEachChild(node, visit);
  };
  const literals = (node: ts.Expression): void => {
    if (ts.isStringLiteralLike(node)) note(node, node.text);
    else if (ts.isConditionalExpression(node)) [node.whenTrue, node.whenFalse].forEach(literals);
    else if (ts.isParenthesizedExpression(node)) literals(node.expression);
    else if (ts.isBinaryExpression(node)) literals(node.right);
  };
  visit(file);
  return found;
}

describe('texts', () => {
  it('stand in the catalogue and nowhere else', () => {
    const files = readdirSync(SOURCES, { recursive: true, encoding: 'utf8' }).filter((name) =>
      name.endsWith('.tsx'),
    );
    expect(files.length).toBeGreaterThan(20);
    const outside = files.flatMap((name) => textsOf(name, readFileSync(join(SOURCES, name), 'utf8')));
    expect(outside).toEqual([]);
    // Every file is parsed: that may take long on a busy machine.
  }, 120_000);

  it('are found wherever they hide', () => {
    const source = `const a = <p title="Stop it">Go on{x ? 'now' : "—"}<b aria-label={\`Open \${x}\`}>{'later'}</b></p>;`;
    expect(textsOf('a.tsx', source).map((one) => one.replace('a.tsx:1 ', ''))).toEqual([
      'Stop it',
      'Go on',
      'now',
      'Open',
      'later',
    ]);
  });
});

describe('licences', () => {
  it('of what ships are permissive', () => {
    const lock = JSON.parse(readFileSync(join(SOURCES, '../package-lock.json'), 'utf8')) as Parameters<
      typeof shipped
    >[0];
    const all = shipped(lock);
    expect(all.length).toBeGreaterThan(20);
    expect(all.filter(([, { license = 'none' }]) => !isPermissive(license))).toEqual([]);
  });

  it('are read as the lock file writes them', () => {
    expect(isPermissive('MIT')).toBe(true);
    expect(isPermissive('(GPL-3.0 OR MIT)')).toBe(true);
    expect(isPermissive('(MIT AND GPL-3.0)')).toBe(false);
    expect(isPermissive('none')).toBe(false);
  });
});

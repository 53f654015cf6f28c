/// <reference types="node" />
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Plugin } from 'vite';

/** Licences that may ship: permissive ones. Of an expression with OR one is enough. */
const PERMISSIVE = new Set([
  'MIT',
  'ISC',
  'Apache-2.0',
  'BSD-2-Clause',
  'BSD-3-Clause',
  '0BSD',
  'OFL-1.1',
  'Unlicense',
  'CC0-1.0',
  'BlueOak-1.0.0',
  'Python-2.0',
]);

interface Locked {
  readonly version?: string;
  readonly license?: string;
  readonly dev?: boolean;
}

export function isPermissive(licence: string): boolean {
  return licence
    .replace(/[()]/g, '')
    .split(' OR ')
    .some((one) => one.split(' AND ').every((part) => PERMISSIVE.has(part.trim())));
}

/** Packages of the lock file that get into the bundle, in the order of their names. */
export function shipped(lock: { packages: Readonly<Record<string, Locked>> }): [string, Locked][] {
  return Object.entries(lock.packages)
    .filter(([path, one]) => path.startsWith('node_modules/') && !one.dev)
    .sort(([a], [b]) => a.localeCompare(b));
}

/** `licences.txt` in the bundle: every library that ships, with its licence. A licence that is not permissive ends the build. */
export function licences(root: string): Plugin {
  return {
    name: 'licences',
    apply: 'build',
    generateBundle() {
      const lock = JSON.parse(readFileSync(join(root, 'package-lock.json'), 'utf8')) as Parameters<
        typeof shipped
      >[0];
      const parts = shipped(lock).map(([path, { version = '', license = 'none' }]) => {
        const name = path.slice(path.lastIndexOf('node_modules/') + 'node_modules/'.length);
        if (!isPermissive(license))
          this.error(`${name} ${version} has the licence ${license}, which may not ship`);
        return `${name} ${version} · ${license}\n\n${textOf(join(root, path))}`;
      });
      this.emitFile({
        type: 'asset',
        fileName: 'licences.txt',
        source: `Libraries in the console of Reflexarc, each with its licence.\n\n${parts.join(`\n${'-'.repeat(80)}\n\n`)}`,
      });
    },
  };
}

function textOf(folder: string): string {
  const file = existsSync(folder) && readdirSync(folder).find((name) => /^(licen[cs]e|copying)/i.test(name));
  return file ? readFileSync(join(folder, file), 'utf8') : '(its package holds no text of the licence)\n';
}

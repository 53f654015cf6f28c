import type { Place, Step } from './place';

/** As much of JSON Schema as the server's schema of a rulebook uses. */
export interface Schema {
  readonly $ref?: string;
  readonly $defs?: Readonly<Record<string, Schema>>;
  readonly type?: string | readonly string[];
  readonly description?: string;
  readonly enum?: readonly unknown[];
  readonly examples?: readonly unknown[];
  readonly properties?: Readonly<Record<string, Schema>>;
  readonly required?: readonly string[];
  readonly additionalProperties?: boolean;
  readonly items?: Schema;
  readonly oneOf?: readonly Schema[];
}

export interface Suggestion {
  readonly label: string;
  readonly insert: string;
  readonly detail: string;
  readonly info?: string;
  readonly kind: 'key' | 'value';
  readonly required: boolean;
}

const INDENT = 2;
const DEPTH = 12;

/** Says what may stand at a place of a rulebook. */
export class SchemaIndex {
  constructor(private readonly root: Schema) {}

  /** What may be typed at a place. Required keys come first. */
  suggest(place: Place): readonly Suggestion[] {
    const here = this.at(place.path);
    const found = new Map<string, Suggestion>();
    const add = (one: Suggestion) => {
      if (!found.has(one.label)) found.set(one.label, one);
    };
    if (place.kind === 'value') {
      this.step(here, place.key ?? '')
        .flatMap(valuesOf)
        .forEach(add);
      return [...found.values()];
    }
    const possible = here.filter((schema) => allows(schema, place.siblings));
    for (const schema of possible) {
      this.keysOf(schema, place).forEach(add);
      if (!schema.properties) valuesOf(schema).forEach(add);
      if (schema.items && !place.inItem && place.siblings.size === 0) {
        this.itemsOf(schema.items, place.column).forEach(add);
      }
    }
    return [...found.values()].sort((a, b) => Number(b.required) - Number(a.required));
  }

  /** What a key means. */
  describe(path: readonly Step[]): { type: string; info: string } | undefined {
    const found = this.at(path);
    if (found.length === 0) return undefined;
    const info = found.find((schema) => schema.description)?.description ?? '';
    return { type: typesOf(found), info };
  }

  /** Every key that the mapping at a path may have. */
  keys(path: readonly Step[]): readonly string[] {
    return [...new Set(this.at(path).flatMap((schema) => Object.keys(schema.properties ?? {})))];
  }

  private keysOf(schema: Schema, place: Place): Suggestion[] {
    return Object.entries(schema.properties ?? {})
      .filter(([key]) => !place.siblings.has(key))
      .map(([key, value]) => this.key(key, value, schema, place.column));
  }

  private key(key: string, value: Schema, owner: Schema, column: number, lead = ''): Suggestion {
    const kinds = this.alternatives(value);
    const info = kinds.find((one) => one.description)?.description;
    return {
      label: lead + key,
      insert: lead + insertOf(key, kinds, column + lead.length),
      detail: typesOf(kinds),
      ...(info !== undefined && { info }),
      kind: 'key',
      required: (owner.required ?? []).includes(key),
    };
  }

  /** A list is wanted and its dash is missing. */
  private itemsOf(items: Schema, column: number): Suggestion[] {
    return this.alternatives(items).flatMap((item) => {
      const keys = Object.entries(item.properties ?? {});
      if (keys.length > 0) return keys.map(([key, value]) => this.key(key, value, item, column, '- '));
      return [{ label: '- ', insert: '- ', detail: typesOf([item]), kind: 'key' as const, required: false }];
    });
  }

  private at(path: readonly Step[]): readonly Schema[] {
    return path.reduce<readonly Schema[]>(
      (found, step) => this.step(found, step),
      this.alternatives(this.root),
    );
  }

  private step(found: readonly Schema[], step: Step): readonly Schema[] {
    return found.flatMap((schema) => {
      const next = step === -1 ? schema.items : schema.properties?.[step];
      return next ? this.alternatives(next) : [];
    });
  }

  /** A schema's alternatives, each with what is said beside them; references followed. */
  private alternatives(schema: Schema, depth = 0): readonly Schema[] {
    if (depth > DEPTH) return [schema];
    if (schema.$ref !== undefined) {
      const { $ref, ...beside } = schema;
      const target = this.root.$defs?.[$ref.replace('#/$defs/', '')];
      return target ? this.alternatives({ ...target, ...beside }, depth + 1) : [];
    }
    if (!schema.oneOf) return [schema];
    const { oneOf, ...beside } = schema;
    return oneOf.flatMap((one) =>
      this.alternatives(one, depth + 1).map((alternative) => ({ ...beside, ...alternative })),
    );
  }
}

/** An alternative that forbids a key which is there already is out. */
function allows(schema: Schema, siblings: ReadonlySet<string>): boolean {
  const { properties, additionalProperties } = schema;
  return additionalProperties !== false || [...siblings].every((key) => properties && key in properties);
}

function insertOf(key: string, kinds: readonly Schema[], column: number): string {
  const types = new Set(kinds.flatMap(firstType));
  const inner = `\n${' '.repeat(column + INDENT)}`;
  if (types.size !== 1) return `${key}: `;
  if (types.has('array')) return `${key}:${inner}- `;
  if (!types.has('object')) return `${key}: `;
  const hasKeys = kinds.some((one) => Object.keys(one.properties ?? {}).length > 0 || !one.properties);
  return hasKeys ? `${key}:${inner}` : `${key}:`;
}

function firstType(schema: Schema): readonly string[] {
  if (typeof schema.type === 'string') return [schema.type];
  if (schema.type) return schema.type;
  return schema.properties ? ['object'] : ['string'];
}

function typesOf(schemas: readonly Schema[]): string {
  const words = schemas.flatMap((schema) => (schema.enum ? [schema.enum.join(' | ')] : firstType(schema)));
  return [...new Set(words)].join(' | ');
}

function valuesOf(schema: Schema): Suggestion[] {
  const value = (one: unknown, detail: string): Suggestion => {
    const label = typeof one === 'string' ? one : JSON.stringify(one);
    return { label, insert: label, detail, kind: 'value', required: false };
  };
  const bools = schema.type === 'boolean' ? [true, false] : [];
  return [
    ...(schema.enum ?? []).map((one) => value(one, '')),
    ...bools.map((one) => value(one, '')),
    ...(schema.examples ?? []).map((one) => value(one, 'e.g.')),
  ];
}

import { isRecord } from '@/api/problem';
import type { components } from '@/api/schema';

/** Where to send and how to prove who sends. */
export type Target = Pick<components['schemas']['EventStream'], 'url' | 'credential'>;

/** A text as the shell takes it whole. */
export function quoted(text: string): string {
  return `'${text.replaceAll("'", `'\\''`)}'`;
}

/** What stands before a token in this header. */
export function bearer(header: string): string {
  return header.toLowerCase() === 'authorization' ? 'Bearer ' : '';
}

/** What a program may be given as one argument, and something less. */
const LONGEST_ARGUMENT = 100_000;

/** A command that sends this body to a stream. */
export function curl(
  { url, credential }: Target,
  secret: string,
  body: string,
  headers: readonly (readonly [string, string])[],
): string {
  const { kind, header, username, algorithm, encoding, prefix } = credential;
  const lines = [`SECRET=${quoted(secret)}`, `BODY=${quoted(body)}`];
  const proofs: string[] = [];
  if (kind === 'hmac') {
    const digest = encoding === 'base64' ? '-binary | base64 | tr -d "\\n"' : `-hex | sed 's/^.* //'`;
    lines.push(
      `SIGNATURE=$(printf %s "$BODY" | openssl dgst -${algorithm ?? 'sha256'} -hmac "$SECRET" ${digest})`,
    );
    proofs.push(`-H "${header ?? ''}: ${prefix ?? ''}$SIGNATURE"`);
  } else if (kind === 'basic') {
    proofs.push(`-u ${quoted(`${username ?? ''}:`)}"$SECRET"`);
  } else {
    const name = header ?? 'Authorization';
    proofs.push(`-H "${name}: ${bearer(name)}$SECRET"`);
  }
  const piped = body.length > LONGEST_ARGUMENT;
  lines.push(
    [
      `${piped ? 'printf %s "$BODY" | ' : ''}curl -sS ${quoted(url)}`,
      ...proofs.map((proof) => `  ${proof}`),
      ...headers.map(([name, value]) => `  -H ${quoted(`${name}: ${value}`)}`),
      `  -H 'Content-Type: application/json'`,
      piped ? '  --data-binary @-' : '  -d "$BODY"',
    ].join(' \\\n'),
  );
  return lines.join('\n');
}

/** Headers by which a repeat is known for one: whoever sends again means a new event. */
const ONCE = /^x-(?:github-delivery|gitlab-event-uuid|gitea-delivery|request-id)$/i;
const TELLING = /^x-/i;
const PRINTABLE = /^[\x20-\x7e]*$/;

/** The command that sends a recorded event again, as its sender did; `undefined` for one that no sender sent so. */
export function curlOfEvent(target: Target, secret: string, event: unknown): string | undefined {
  if (!isRecord(event)) return undefined;
  const alert = event['alert'];
  const sent = alert === undefined ? event['payload'] : { alerts: [alert] };
  if (sent === undefined) return undefined;
  const meta = isRecord(event['meta']) ? event['meta'] : {};
  const headers = Object.entries(isRecord(meta['headers']) ? meta['headers'] : {}).filter(
    (one): one is [string, string] =>
      TELLING.test(one[0]) && !ONCE.test(one[0]) && typeof one[1] === 'string' && PRINTABLE.test(one[1]),
  );
  return curl(target, secret, JSON.stringify(sent), headers);
}

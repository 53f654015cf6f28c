/// <reference types="node" />
import { execFile } from 'node:child_process';
import { createHmac } from 'node:crypto';
import { createServer, type IncomingMessage, type Server } from 'node:http';
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';
import { quoted } from '@/shared/curl';
import { alertmanagerOf, curlOf, pythonOf, sampleOf, snippetsOf, type Sent } from './snippet';

const SECRET = `it's a "$secret" \\ of 1`;
const blank = { secret: '***', username: null, header: null, algorithm: null, encoding: null, prefix: null };

interface Got {
  headers: IncomingMessage['headers'];
  body: string;
}

let server: Server;
let got: Got[] = [];

beforeAll(async () => {
  server = createServer((request, response) => {
    const parts: Buffer[] = [];
    request.on('data', (part: Buffer) => parts.push(part));
    request.on('end', () => {
      got.push({ headers: request.headers, body: Buffer.concat(parts).toString() });
      response.end('{}');
    });
  });
  await new Promise<void>((done) => server.listen(0, '127.0.0.1', done));
});
afterAll(() => void server.close());

function stream(type: string, credential: object): Sent {
  const address = server.address();
  const port = typeof address === 'object' && address ? address.port : 0;
  return {
    url: `http://127.0.0.1:${port}/event-streams/1`,
    event_stream_type: type,
    credential: { ...blank, ...credential },
  } as Sent;
}

async function run(program: string, ...args: string[]): Promise<Got> {
  got = [];
  await new Promise<void>((done, fail) =>
    execFile(program, args, (problem, _, errors) => (problem ? fail(new Error(errors)) : done())),
  );
  expect(got).toHaveLength(1);
  return got[0] as Got;
}

const CREDENTIALS: readonly (readonly [
  string,
  object,
  (got: Got) => string | undefined,
  (body: string) => string,
])[] = [
  [
    'a bearer token',
    { kind: 'token', header: 'Authorization' },
    (one) => one.headers['authorization'],
    () => `Bearer ${SECRET}`,
  ],
  [
    'a token in its own header',
    { kind: 'token', header: 'X-Token' },
    (one) => one.headers['x-token'] as string,
    () => SECRET,
  ],
  [
    'user and password',
    { kind: 'basic', username: 'ci' },
    (one) => one.headers['authorization'],
    () => `Basic ${Buffer.from(`ci:${SECRET}`).toString('base64')}`,
  ],
  ...(['hex', 'base64'] as const).flatMap((encoding) =>
    (['sha256', 'sha512'] as const).map(
      (algorithm) =>
        [
          `a signature ${algorithm} in ${encoding}`,
          { kind: 'hmac', header: 'X-Signature', algorithm, encoding, prefix: 'v1=' },
          (one: Got) => one.headers['x-signature'] as string,
          (body: string) => `v1=${createHmac(algorithm, SECRET).update(body).digest(encoding)}`,
        ] as const,
    ),
  ),
];

// Programs are started here: slow on a machine that is busy, never wrong.
vi.setConfig({ testTimeout: 60_000 });

describe.each(CREDENTIALS)('with %s', (_, credential, proofOf, expected) => {
  it('the command for the shell proves its sender', async () => {
    const one = await run('sh', '-c', curlOf(stream('generic', credential), SECRET));
    expect(one.body).toBe(sampleOf('generic'));
    expect(proofOf(one)).toBe(expected(one.body));
    expect(one.headers['content-type']).toBe('application/json');
  });
});

describe.each(CREDENTIALS.filter(([name]) => /bearer|password|sha512 in base64/.test(name)))(
  'in Python with %s',
  (_, credential, proofOf, expected) => {
    it('the program proves its sender', async () => {
      const one = await run('python3', '-c', pythonOf(stream('generic', credential), SECRET));
      expect(one.body).toBe(sampleOf('generic'));
      expect(proofOf(one)).toBe(expected(one.body));
    });
  },
);

describe('snippets', () => {
  it('begin with the way of the sender', () => {
    const keys = (type: string, kind: string) =>
      snippetsOf(stream(type, { kind }), SECRET).map((snippet) => snippet.key);
    expect(keys('alertmanager', 'token')).toEqual(['alertmanager', 'curl', 'python']);
    expect(keys('github', 'hmac')).toEqual(['githubCli', 'curl', 'python']);
    expect(keys('generic', 'basic')).toEqual(['curl', 'python']);
  });

  it.each(['alertmanager', 'github'])('send what a stream for %s takes', async (type) => {
    const credential = { kind: 'token', header: 'Authorization' };
    const one = await run('sh', '-c', curlOf(stream(type, credential), SECRET));
    expect(one.body).toBe(sampleOf(type));
  });

  it('quote for the shell', () => {
    expect(quoted("a'b")).toBe("'a'\\''b'");
  });

  it('write the secret of a receiver as YAML reads it', () => {
    expect(
      alertmanagerOf(stream('alertmanager', { kind: 'token', header: 'Authorization' }), 'a"b'),
    ).toContain('credentials: "a\\"b"');
  });
});

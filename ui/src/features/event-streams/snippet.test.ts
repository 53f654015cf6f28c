import { describe, expect, it } from 'vitest';
import { curlOf, sampleOf, type EventStream } from './snippet';

const url = 'http://127.0.0.1:8010/event-streams/1';
const blank = { secret: '***', username: null, header: null, algorithm: null, encoding: null, prefix: null };
const stream = (type: string, credential: object) =>
  ({ url, event_stream_type: type, credential: { ...blank, ...credential } }) as Pick<
    EventStream,
    'url' | 'event_stream_type' | 'credential'
  >;

describe('the command that sends an event', () => {
  it('sends a token as a bearer token only in the header made for it', () => {
    expect(curlOf(stream('generic', { kind: 'token', header: 'Authorization' }))).toContain(
      '-H "Authorization: Bearer $TOKEN"',
    );
    expect(curlOf(stream('generic', { kind: 'token', header: 'X-Token' }))).toContain('-H "X-Token: $TOKEN"');
  });

  it('signs the very body it sends', () => {
    const hmac = {
      kind: 'hmac',
      header: 'X-Hub-Signature-256',
      algorithm: 'sha256',
      encoding: 'hex',
      prefix: 'sha256=',
    };
    const command = curlOf(stream('github', hmac));
    expect(command).toContain('openssl dgst -sha256 -hmac "$SECRET"');
    expect(command).toContain('-H "X-Hub-Signature-256: sha256=$SIGNATURE"');
    expect(command).toContain('-d "$BODY"');
  });

  it('encodes a signature as the stream expects it', () => {
    expect(curlOf(stream('generic', { kind: 'hmac', encoding: 'base64' }))).toContain('-binary | base64');
  });

  it('asks for a password instead of showing one', () => {
    expect(curlOf(stream('generic', { kind: 'basic', username: 'ci' }))).toContain('-u "ci:$PASSWORD"');
  });

  it('sends an alert to an Alertmanager stream', () => {
    expect(JSON.parse(sampleOf('alertmanager'))).toHaveProperty('alerts');
    expect(JSON.parse(sampleOf('generic'))).not.toHaveProperty('alerts');
  });
});

import { describe, expect, it } from 'vitest';
import { curlOfEvent, type Target } from './curl';

const TARGET: Target = {
  url: 'http://127.0.0.1:8010/event-streams/1',
  credential: {
    kind: 'token',
    header: 'Authorization',
    secret: '***',
    username: null,
    algorithm: null,
    encoding: null,
    prefix: null,
  },
};

describe('a recorded event as a command', () => {
  it('sends the payload as its sender did, with the headers that say what it is', () => {
    const command = curlOfEvent(TARGET, 'the secret', {
      payload: { text: "it's" },
      meta: {
        headers: { 'X-GitHub-Event': 'push', 'X-GitHub-Delivery': 'once', Host: 'a', 'User-Agent': 'b' },
      },
    });
    expect(command).toContain(`BODY='{"text":"it'\\''s"}'`);
    expect(command).toContain(`-H 'X-GitHub-Event: push'`);
    expect(command).not.toContain('Delivery');
    expect(command).not.toContain('Host');
  });

  it('puts an alert back among alerts', () => {
    expect(curlOfEvent(TARGET, 's', { alert: { status: 'firing' } })).toContain(
      `BODY='{"alerts":[{"status":"firing"}]}'`,
    );
  });

  it('gives a long body to the program in a pipe', () => {
    const command = curlOfEvent(TARGET, 's', { payload: 'x'.repeat(200_000) });
    expect(command).toContain(`printf %s "$BODY" | curl`);
    expect(command).toContain('--data-binary @-');
  });

  it('is none where no sender sent it', () => {
    expect(curlOfEvent(TARGET, 's', { i: 1, meta: {} })).toBeUndefined();
    expect(curlOfEvent(TARGET, 's', 'text')).toBeUndefined();
  });
});

import type { components } from '@/api/schema';

export type EventStream = components['schemas']['EventStream'];

const ALERT = {
  version: '4',
  status: 'firing',
  alerts: [
    {
      status: 'firing',
      labels: { alertname: 'HighLatency', severity: 'critical', instance: 'web-1' },
      annotations: { summary: 'Requests take longer than 2 s' },
      startsAt: '2026-01-01T00:00:00Z',
      fingerprint: 'a1b2c3d4e5f60718',
    },
  ],
};

/** What to send so that a stream of this type takes it. */
export function sampleOf(type: string): string {
  return JSON.stringify(type === 'alertmanager' ? ALERT : { message: 'hello' });
}

/** A command that sends one event. The secret is never known here: the command reads it from a variable. */
export function curlOf(stream: Pick<EventStream, 'url' | 'event_stream_type' | 'credential'>): string {
  const body = sampleOf(stream.event_stream_type);
  const { kind, header, username, algorithm, encoding, prefix } = stream.credential;
  const post = (proof: string, data = `'${body}'`) =>
    [`curl -sS '${stream.url}'`, `  ${proof}`, `  -H 'Content-Type: application/json'`, `  -d ${data}`].join(
      ' \\\n',
    );
  switch (kind) {
    case 'basic':
      return post(`-u "${username ?? ''}:$PASSWORD"`);
    case 'hmac': {
      const digest = encoding === 'base64' ? '-binary | base64' : `-hex | sed 's/^.* //'`;
      return [
        `BODY='${body}'`,
        `SIGNATURE=$(printf %s "$BODY" | openssl dgst -${algorithm ?? 'sha256'} -hmac "$SECRET" ${digest})`,
        post(`-H "${header ?? ''}: ${prefix ?? ''}$SIGNATURE"`, '"$BODY"'),
      ].join('\n');
    }
    default: {
      const name = header ?? 'Authorization';
      return post(`-H "${name}: ${name.toLowerCase() === 'authorization' ? 'Bearer ' : ''}$TOKEN"`);
    }
  }
}

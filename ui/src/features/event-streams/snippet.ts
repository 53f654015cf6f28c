import { bearer, curl, quoted } from '@/shared/curl';
import type { EventStream } from './queries';

export type Sent = Pick<EventStream, 'url' | 'event_stream_type' | 'credential'>;
export type SnippetKey = 'curl' | 'python' | 'alertmanager' | 'github' | 'githubCli';

export interface Snippet {
  readonly key: SnippetKey;
  readonly value: string;
}

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
const PUSH = {
  ref: 'refs/heads/main',
  repository: { full_name: 'octo-org/octo-repo' },
  pusher: { name: 'octocat' },
};
const MESSAGE = { message: 'Disk is almost full', severity: 'warning', host: 'web-1' };

/** What to send so that a stream of this type takes it. */
export function sampleOf(type: string): string {
  const samples: Readonly<Record<string, unknown>> = { alertmanager: ALERT, github: PUSH };
  return JSON.stringify(samples[type] ?? MESSAGE);
}

/** Every way to send to a stream, the sender's own first. What stands for an unknown secret says so itself. */
export function snippetsOf(stream: Sent, secret: string): readonly Snippet[] {
  const general: readonly Snippet[] = [
    { key: 'curl', value: curlOf(stream, secret) },
    { key: 'python', value: pythonOf(stream, secret) },
  ];
  const { kind } = stream.credential;
  switch (stream.event_stream_type) {
    case 'alertmanager':
      return kind === 'hmac'
        ? general
        : [{ key: 'alertmanager', value: alertmanagerOf(stream, secret) }, ...general];
    case 'github':
      return kind === 'hmac' ? [{ key: 'githubCli', value: githubOf(stream, secret) }, ...general] : general;
    default:
      return general;
  }
}

/** A command that sends one event. */
export function curlOf(stream: Sent, secret: string): string {
  const github = stream.event_stream_type === 'github';
  return curl(stream, secret, sampleOf(stream.event_stream_type), github ? [['X-GitHub-Event', 'push']] : []);
}

/** The same in Python, with what comes with it. JSON strings are strings of Python, too. */
export function pythonOf(stream: Sent, secret: string): string {
  const { kind, header, username, algorithm, encoding, prefix } = stream.credential;
  const headers = ['"Content-Type": "application/json"'];
  const imports = ['import urllib.request'];
  const proof: string[] = [];
  if (kind === 'hmac') {
    imports.unshift('import hashlib', 'import hmac', ...(encoding === 'base64' ? ['import base64'] : []));
    proof.push(`digest = hmac.new(secret.encode(), body, hashlib.${algorithm ?? 'sha256'}).digest()`);
    const written = encoding === 'base64' ? 'base64.b64encode(digest).decode()' : 'digest.hex()';
    headers.push(`${JSON.stringify(header ?? '')}: ${JSON.stringify(prefix ?? '')} + ${written}`);
  } else if (kind === 'basic') {
    imports.unshift('import base64');
    proof.push(
      `proof = base64.b64encode((${JSON.stringify(`${username ?? ''}:`)} + secret).encode()).decode()`,
    );
    headers.push('"Authorization": "Basic " + proof');
  } else {
    const name = header ?? 'Authorization';
    headers.push(`${JSON.stringify(name)}: ${JSON.stringify(bearer(name))} + secret`);
  }
  if (stream.event_stream_type === 'github') headers.push('"X-GitHub-Event": "push"');
  return [
    ...imports.sort(),
    '',
    `secret = ${JSON.stringify(secret)}`,
    `body = ${JSON.stringify(sampleOf(stream.event_stream_type))}.encode()`,
    ...proof,
    'request = urllib.request.Request(',
    `    ${JSON.stringify(stream.url)},`,
    '    data=body,',
    `    headers={${headers.join(', ')}},`,
    ')',
    'print(urllib.request.urlopen(request).read().decode())',
  ].join('\n');
}

/** A receiver of Alertmanager. JSON strings are strings of YAML, too. */
export function alertmanagerOf(stream: Sent, secret: string): string {
  const { kind, header, username } = stream.credential;
  const name = header ?? 'Authorization';
  const proof =
    kind === 'basic'
      ? [
          'basic_auth:',
          `  username: ${JSON.stringify(username ?? '')}`,
          `  password: ${JSON.stringify(secret)}`,
        ]
      : name.toLowerCase() === 'authorization'
        ? ['authorization:', '  type: Bearer', `  credentials: ${JSON.stringify(secret)}`]
        : ['http_headers:', `  ${JSON.stringify(name)}:`, `    secrets: [${JSON.stringify(secret)}]`];
  return [
    'route:',
    '  receiver: reflexarc',
    '  group_wait: 5s',
    'receivers:',
    '  - name: reflexarc',
    '    webhook_configs:',
    `      - url: ${JSON.stringify(stream.url)}`,
    '        send_resolved: true',
    '        http_config:',
    ...proof.map((line) => `          ${line}`),
  ].join('\n');
}

function githubOf(stream: Sent, secret: string): string {
  return [
    `gh api repos/OWNER/REPOSITORY/hooks \\`,
    `  -f name=web -F active=true -f 'events[]=push' -f 'events[]=pull_request' \\`,
    `  -f config[url]=${quoted(stream.url)} \\`,
    `  -f config[content_type]=json \\`,
    `  -f config[secret]=${quoted(secret)}`,
  ].join('\n');
}

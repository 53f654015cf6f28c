// SPDX-License-Identifier: Apache-2.0
// A site as it is on a working day: senders, rulebooks with their activations, events at changing rates, actions of which some
// are slow, some fail once and some for good. For pictures, and to look at pages with something on them.
import { createHmac } from 'node:crypto';
import { createServer } from 'node:http';

const STREAMS = [
  { name: 'alertmanager-prod', event_stream_type: 'alertmanager', credential: TOKEN(), perSecond: 9 },
  { name: 'github-webhooks', event_stream_type: 'github', credential: { kind: 'hmac' }, perSecond: 2 },
  { name: 'k8s-events', event_stream_type: 'generic', credential: TOKEN(), perSecond: 14 },
  { name: 'metrics', event_stream_type: 'generic', credential: TOKEN(), perSecond: 6 },
];
const APPS = ['checkout', 'payments', 'search', 'ranker', 'gateway', 'inventory'];
const ALERTS = [
  'HighLatency',
  'PodCrashLooping',
  'DiskWillFillIn4Hours',
  'KafkaConsumerLag',
  'NodeMemoryPressure',
];
const REASONS = ['Scheduled', 'Pulled', 'BackOff', 'FailedMount', 'Killing', 'Started'];
const TURN_MILLIS = 200;
/** A slow wave over the rates, so that a chart has something to say. */
const WAVE_MILLIS = 70_000;

function TOKEN() {
  return { kind: 'token', header: 'Authorization' };
}

const RULEBOOKS = (target) => ({
  'k8s-remediation': {
    sources: { alerts: 'alertmanager-prod', cluster: 'k8s-events' },
    text: `# Keeps the shop responsive. Owner: team-platform
- name: Kubernetes remediation
  hosts: all
  sources:
    - name: alerts
      ansible.eda.alertmanager:
        port: 5050
    - name: cluster
      ansible.eda.webhook:
        port: 5051
  rules:
    - name: Scale out on latency
      condition: event.alert.labels.alertname == "HighLatency" and event.alert.labels.severity in ["critical", "warning"]
      throttle:
        once_within: 4 seconds
        group_by_attributes:
          - event.alert.labels.app
      action:
        http_request:
          url: ${target}/scale/{{ event.alert.labels.app }}
          method: POST
    - name: Restart crash loop
      condition: event.alert.labels.alertname == "PodCrashLooping" and event.alert.labels.severity == "critical"
      action:
        http_request:
          url: ${target}/restart/{{ event.alert.labels.app }}
          method: POST
          retries: 3
          delay: 1
    - name: Note a failed mount
      condition: event.payload.reason == "FailedMount" and event.payload.count > 6
      action:
        debug:
          msg: "{{ event.payload.object }} cannot mount its volume"
`,
  },
  'page-oncall': {
    sources: { alerts: 'alertmanager-prod' },
    text: `- name: Page on-call
  hosts: all
  sources:
    - name: alerts
      ansible.eda.alertmanager:
        port: 5050
  rules:
    - name: Page for a full disk
      condition: event.alert.labels.alertname == "DiskWillFillIn4Hours" and event.alert.labels.severity == "critical"
      throttle:
        once_within: 20 seconds
        group_by_attributes:
          - event.alert.labels.alertname
      action:
        http_request:
          url: ${target}/pager
          method: POST
          retries: 0
`,
  },
  'retrain-on-drift': {
    sources: { metrics: 'metrics' },
    text: `- name: Retrain on drift
  hosts: all
  sources:
    - name: metrics
      ansible.eda.webhook:
        port: 5052
  rules:
    - name: Drift above a quarter
      condition: event.payload.drift > 0.25
      throttle:
        once_within: 5 seconds
        group_by_attributes:
          - event.payload.model
      action:
        http_request:
          url: ${target}/train/{{ event.payload.model }}
          method: POST
    - name: Two signs of trouble
      condition:
        all:
          - events.lag << event.payload.lag > 800
          - event.payload.errors > 40 and event.payload.host == events.lag.payload.host
        timeout: 30 seconds
      action:
        debug:
          msg: "{{ events.lag.payload.host }} falls behind and fails"
`,
  },
  'deploy-on-push': {
    sources: { github: 'github-webhooks' },
    text: `- name: Deploy on push
  hosts: all
  sources:
    - name: github
      ansible.eda.webhook:
        port: 5053
  rules:
    - name: Deploy main
      condition: event.payload.ref == "refs/heads/main"
      action:
        http_request:
          url: ${target}/deploy/{{ event.payload.repository.name }}
          method: POST
`,
  },
});

/** Brings a site to life; answers how to end it. */
export async function lively(session) {
  const target = await openTarget();
  const streams = [];
  for (const { perSecond, ...wanted } of STREAMS) {
    const made = await session.rest('POST', 'event-streams/', wanted);
    const secret = made.generated_secret;
    streams.push({ ...made, perSecond, secret });
  }
  const rulebooks = {};
  for (const [name, { text, sources }] of Object.entries(RULEBOOKS(target.url))) {
    const rulebook = await session.rest('POST', 'rulebooks/', { name, rulesets: text });
    const activation = await session.rest('POST', 'activations/', {
      name,
      rulebook_id: rulebook.id,
      is_enabled: true,
      source_mappings: Object.entries(sources).map(([source, stream]) => ({
        source_name: source,
        event_stream_id: streams.find((one) => one.name === stream).id,
      })),
    });
    rulebooks[name] = { id: rulebook.id, activation: activation.id };
  }
  const timer = setInterval(() => {
    for (const stream of streams) turn(stream);
  }, TURN_MILLIS);
  return {
    streams,
    rulebooks,
    async stop() {
      clearInterval(timer);
      await target.close();
    },
  };
}

function turn(stream) {
  const wave =
    1 + 0.35 * Math.sin((2 * Math.PI * Date.now()) / WAVE_MILLIS + stream.id) + 0.15 * Math.random();
  stream.owed = (stream.owed ?? 0) + (stream.perSecond * wave * TURN_MILLIS) / 1_000;
  for (; stream.owed >= 1; stream.owed--) void post(stream).catch(() => undefined);
}

function post({ name, url, secret }) {
  const body = JSON.stringify(BODIES[name]());
  const signature = createHmac('sha256', secret).update(body).digest('hex');
  const proof =
    name === 'github-webhooks'
      ? { 'X-Hub-Signature-256': `sha256=${signature}`, 'X-GitHub-Event': 'push' }
      : { Authorization: `Bearer ${secret}` };
  return fetch(url, { method: 'POST', headers: { 'Content-Type': 'application/json', ...proof }, body });
}

const BODIES = {
  'alertmanager-prod': () => {
    const [alertname, app] = [any(ALERTS), any(APPS)];
    const severity = Math.random() < 0.2 ? 'critical' : any(['warning', 'info']);
    return {
      version: '4',
      status: 'firing',
      receiver: 'reflexarc',
      alerts: [
        {
          status: 'firing',
          labels: { alertname, severity, namespace: 'shop', app, cluster: 'eu-1' },
          annotations: { summary: `${alertname} at ${app}` },
          startsAt: new Date().toISOString(),
          generatorURL: 'http://prometheus.example/graph',
          fingerprint: Math.random().toString(16).slice(2, 18),
        },
      ],
    };
  },
  'github-webhooks': () => ({
    ref: Math.random() < 0.2 ? 'refs/heads/main' : `refs/heads/fix-${Math.ceil(Math.random() * 90)}`,
    repository: { name: any(APPS), full_name: `shop/${any(APPS)}` },
    pusher: { name: any(['lena', 'omar', 'yuki']) },
  }),
  'k8s-events': () => ({
    reason: any(REASONS),
    object: `pod/${any(APPS)}-${Math.ceil(Math.random() * 30)}`,
    namespace: 'shop',
    count: Math.ceil(Math.random() * 9),
  }),
  metrics: () => ({
    model: any(['ranker', 'fraud', 'search']),
    drift: Math.round(Math.random() * 280) / 1_000,
    host: `node-${Math.ceil(Math.random() * 6)}`,
    lag: Math.round(Math.random() * 900),
    errors: Math.round(Math.random() * 45),
  }),
};

function any(choices) {
  return choices[Math.floor(Math.random() * choices.length)];
}

/** What the actions call: takes its time, stumbles over every fifth restart, and the pager is broken. */
async function openTarget() {
  let restarts = 0;
  const server = createServer((question, answer) => {
    question.resume();
    const stumbles = question.url.startsWith('/restart') && ++restarts % 5 === 0;
    const status = question.url.startsWith('/pager') || stumbles ? 503 : 200;
    setTimeout(
      () => answer.writeHead(status, { 'Content-Type': 'application/json' }).end('{"accepted": true}'),
      20 + Math.random() * 60,
    );
  });
  await new Promise((done) => server.listen(0, '127.0.0.1', done));
  return {
    url: `http://127.0.0.1:${server.address().port}`,
    close() {
      server.closeAllConnections();
      return new Promise((done) => server.close(done));
    },
  };
}

import type { text } from '@/shared/text/en';

export type TemplateKey = keyof typeof text.rulebooks.templates;

interface Template {
  readonly key: TemplateKey;
  readonly rulesets: string;
}

const head = (name: string, source: string) => `- name: ${name}
  hosts: all
  sources:
    - name: ${source}
      ansible.eda.webhook:
        port: 5000
  rules:
`;

/** Rulebooks to begin with, each valid as it stands. */
export const TEMPLATES: readonly Template[] = [
  {
    key: 'webhook',
    rulesets: `${head('Webhook', 'events')}    - name: Say hello
      condition: event.payload.greeting is defined
      action:
        debug:
          msg: "Somebody says {{ event.payload.greeting }}"
`,
  },
  {
    key: 'alertmanager',
    rulesets: `- name: Alerts
  hosts: all
  sources:
    - name: alerts
      ansible.eda.alertmanager:
        port: 5000
  rules:
    - name: Critical alert
      condition: event.alert.labels.severity == "critical" and event.alert.status == "firing"
      throttle:
        once_within: 10 minutes
        group_by_attributes:
          - event.alert.labels.alertname
      action:
        run_playbook:
          name: playbooks/remedy.yml
          extra_vars:
            alert: "{{ event.alert.labels.alertname }}"
`,
  },
  {
    key: 'join',
    rulesets: `${head('Two events', 'events')}    - name: Busy and slow
      condition:
        all:
          - events.busy << event.payload.cpu > 90
          - event.payload.latency_ms > 500 and event.payload.host == events.busy.payload.host
        timeout: 5 minutes
      action:
        debug:
          msg: "{{ events.busy.payload.host }} is busy and slow"
`,
  },
  {
    key: 'absence',
    rulesets: `${head('Jobs', 'events')}    - name: Job does not end
      condition:
        not_all:
          - event.payload.job == "begin"
          - event.payload.job == "end"
        timeout: 10 minutes
      action:
        debug:
          msg: A job began and did not end in time
`,
  },
  {
    key: 'threshold',
    rulesets: `${head('Failures', 'events')}    - name: Too many failures
      condition: event.payload.status == "failed"
      throttle:
        accumulate_within: 1 minute
        threshold: 5
        group_by_attributes:
          - event.payload.host
      action:
        debug:
          msg: Five failures of one host within a minute
`,
  },
  {
    key: 'call',
    rulesets: `${head('Calls', 'events')}    - name: Tell another system
      condition: event.payload.severity == "critical"
      action:
        http_request:
          url: http://127.0.0.1:9000/incidents
          body:
            title: "{{ event.payload.title }}"
`,
  },
];

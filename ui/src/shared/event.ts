import { millis } from './format/time';

export function receivedOf(event: unknown): number {
  const meta = field(event, 'meta');
  const at = field(meta, 'received_at');
  return typeof at === 'string' ? millis(at) : Number.NaN;
}

/** Name of the source that an event came from. */
export function sourceOf(event: unknown): string {
  const name = field(field(field(event, 'meta'), 'source'), 'name');
  return typeof name === 'string' ? name : '';
}

/** What a person calls an event: the alert's name, or what its payload says of itself. */
export function subjectOf(event: unknown): string {
  const alert = field(field(field(event, 'alert'), 'labels'), 'alertname');
  const payload = field(event, 'payload');
  const first = [
    alert,
    ...['name', 'title', 'subject', 'action', 'event', 'type', 'message'].map((key) => field(payload, key)),
  ];
  const found = first.find((one) => typeof one === 'string' && one !== '');
  return typeof found === 'string' ? found : '';
}

function field(value: unknown, name: string): unknown {
  return typeof value === 'object' && value !== null ? (value as Record<string, unknown>)[name] : undefined;
}

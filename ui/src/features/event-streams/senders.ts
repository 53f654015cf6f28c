import type { NewStream } from './queries';

export const SENDERS = ['alertmanager', 'github', 'hmac', 'bearer', 'basic'] as const;
export type Sender = (typeof SENDERS)[number];

export const ICONS = {
  alertmanager: 'warn',
  github: 'rulebook',
  hmac: 'lock',
  bearer: 'bolt',
  basic: 'help',
} as const;

/** What the form of a sender asks for beside the name. */
export interface Answers {
  readonly name: string;
  readonly username: string;
  readonly header: string;
  readonly algorithm: string;
  readonly encoding: string;
  readonly prefix: string;
}

export const FIRST_ANSWERS: Answers = {
  name: '',
  username: 'reflexarc',
  header: 'X-Signature-256',
  algorithm: 'sha256',
  encoding: 'hex',
  prefix: 'sha256=',
};

export function senderOf(value: unknown): Sender | undefined {
  return SENDERS.find((one) => one === value);
}

/** What makes a stream for this sender; the secret is made by the server. */
export function inputOf(sender: Sender, answers: Answers): NewStream {
  const name = answers.name.trim();
  switch (sender) {
    case 'alertmanager':
      return {
        name,
        event_stream_type: 'alertmanager',
        credential: { kind: 'token', header: 'Authorization' },
      };
    case 'github':
      return { name, event_stream_type: 'github', credential: { kind: 'hmac' } };
    case 'bearer':
      return { name, event_stream_type: 'generic', credential: { kind: 'token', header: 'Authorization' } };
    case 'basic':
      return {
        name,
        event_stream_type: 'generic',
        credential: { kind: 'basic', username: answers.username.trim() },
      };
    case 'hmac':
      return {
        name,
        event_stream_type: 'generic',
        credential: {
          kind: 'hmac',
          header: answers.header.trim(),
          algorithm: answers.algorithm,
          encoding: answers.encoding,
          prefix: answers.prefix,
        },
      };
  }
}

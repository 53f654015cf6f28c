import { describe, expect, it } from 'vitest';
import type { Tick } from '@/shared/live/channels';
import type { Activation } from '@/shared/queries';
import type { Request } from './queries';
import { chosenOf, firstOf } from './requests';
import { FIRST_ANSWERS, inputOf, SENDERS } from './senders';
import { conditionOf, listenersOf, numberOf, rateOf } from './streams';

const request = (status: number, event_id: string | null) => ({ status, event_id }) as Request;

describe('the last requests', () => {
  const heard = [request(401, null), request(202, 'b'), request(202, 'a'), request(400, null)];

  it('tell the first event and the newest refusal', () => {
    expect(firstOf(heard)).toEqual({ accepted: heard[2], refused: heard[0] });
    expect(firstOf([])).toEqual({ accepted: undefined, refused: undefined });
    expect(firstOf([request(202, null)]).accepted?.event_id).toBeNull();
  });

  it('are chosen by their verdict', () => {
    expect(chosenOf(heard, 'refused')).toHaveLength(2);
    expect(chosenOf(heard, 'any')).toHaveLength(4);
  });
});

describe('a new stream', () => {
  it('has the credential of its sender and no secret of ours', () => {
    const answers = { ...FIRST_ANSWERS, name: '  alerts ' };
    for (const sender of SENDERS) {
      const input = inputOf(sender, answers);
      expect(input.name).toBe('alerts');
      expect(JSON.stringify(input)).not.toContain('secret');
    }
    expect(inputOf('hmac', answers).credential).toMatchObject({ kind: 'hmac', header: 'X-Signature-256' });
    expect(inputOf('alertmanager', answers).event_stream_type).toBe('alertmanager');
  });
});

describe('a stream', () => {
  it('gets so many events a second', () => {
    const tick = (count: number) => ({ events: { a: count } }) as unknown as Tick;
    expect(rateOf([tick(100), tick(1), tick(1), tick(1), tick(1), tick(6)], 'a')).toBe(2);
    expect(rateOf([], 'a')).toBe(0);
  });

  it('has the activations that map it', () => {
    const activation = {
      id: 1,
      source_mappings: [
        { source_name: 's', event_stream_id: 7, event_stream_name: 'x' },
        { source_name: 't', event_stream_id: 8, event_stream_name: 'y' },
      ],
    } as unknown as Activation;
    expect(listenersOf([activation], 7).map((one) => one.source)).toEqual(['s']);
  });
});

describe('what is typed and shown', () => {
  it('becomes a condition where the grammar can say it', () => {
    expect(conditionOf('event.a', 'x')).toBe('event.a == "x"');
    expect(conditionOf('event.a', 7)).toBe('event.a == 7');
    expect(conditionOf('event.a', 'x"y')).toBe('');
    expect(conditionOf('event.a', null)).toBe('');
  });

  it('becomes a number', () => {
    expect(numberOf('1,000')).toBe(1000);
    expect(numberOf('')).toBeNull();
    expect(numberOf('-1')).toBeNull();
  });
});

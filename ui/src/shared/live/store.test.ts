import { beforeEach, describe, expect, it } from 'vitest';
import {
  appendOutput,
  decisionsChannel,
  mergeDecisions,
  objectsChannel,
  statsChannel,
  type DecisionRow,
} from './channels';
import type { Frame, Socket, Surroundings } from './connection';
import { keysOf, REFRESH_MILLIS, spaced } from './refresh';
import { FLUSH_MILLIS, LiveStore, type Channel } from './store';

/** A clock, a network and sockets that only move when told to. */
class World implements Surroundings {
  now = 0;
  reachable = true;
  readonly sockets: FakeSocket[] = [];
  private readonly plans: { at: number; work: () => void }[] = [];

  url = () => (this.reachable ? Promise.resolve('ws://test/') : Promise.reject(new Error('no ticket')));
  open = () => {
    const socket = new FakeSocket();
    this.sockets.push(socket);
    return socket;
  };
  later = (millis: number, work: () => void) => {
    const plan = { at: this.now + millis, work };
    this.plans.push(plan);
    return () => void this.plans.splice(this.plans.indexOf(plan), this.plans.includes(plan) ? 1 : 0);
  };
  random = () => 0.5;
  online = () => true;

  /** The time of what is planned, in order. */
  due(): number[] {
    return this.plans.map((plan) => plan.at - this.now).sort((a, b) => a - b);
  }

  async pass(millis: number): Promise<void> {
    const end = this.now + millis;
    for (;;) {
      await Promise.resolve();
      await Promise.resolve();
      const next = this.plans.filter((plan) => plan.at <= end).sort((a, b) => a.at - b.at)[0];
      if (!next) break;
      this.plans.splice(this.plans.indexOf(next), 1);
      this.now = next.at;
      next.work();
    }
    this.now = end;
  }

  get socket(): FakeSocket {
    const socket = this.sockets.at(-1);
    if (!socket) throw new Error('nothing was opened');
    return socket;
  }
}

class FakeSocket implements Socket {
  onopen: (() => void) | null = null;
  onmessage: ((message: { data: unknown }) => void) | null = null;
  onclose: (() => void) | null = null;
  readonly sent: Record<string, unknown>[] = [];
  send = (text: string) => void this.sent.push(JSON.parse(text) as Record<string, unknown>);
  close = () => this.onclose?.();
  say = (message: object) => this.onmessage?.({ data: JSON.stringify(message) });
}

const list: Channel<readonly number[]> = {
  name: 'list',
  empty: [],
  apply: (state, frame) =>
    frame.kind === 'snap'
      ? (frame.data as number[])
      : frame.kind === 'delta'
        ? [...state, ...(frame.data as number[])]
        : state,
};

describe('the live store', () => {
  let world: World;
  let store: LiveStore;
  let told: number;

  beforeEach(async () => {
    world = new World();
    store = new LiveStore(world, () => world.now);
    told = 0;
    store.use(list, () => told++);
    store.start();
    await world.pass(1);
    world.socket.onopen?.();
    await world.pass(FLUSH_MILLIS);
  });

  it('subscribes once the socket is open', () => {
    expect(world.socket.sent).toEqual([{ op: 'sub', id: 1, ch: 'list' }]);
  });

  it('tells React at most four times a second, however many frames arrive', async () => {
    world.socket.say({ id: 1, k: 'snap', seq: '1', d: [0] });
    for (let n = 1; n <= 1000; n++) {
      world.socket.say({ id: 1, k: 'delta', seq: String(n), d: [n] });
      await world.pass(1);
    }
    await world.pass(FLUSH_MILLIS);
    expect(told).toBeLessThanOrEqual(5);
    expect(store.read(list)).toHaveLength(1001);
  });

  it('shows the same state until it tells of a new one', () => {
    const before = store.read(list);
    world.socket.say({ id: 1, k: 'snap', seq: '1', d: [1] });
    expect(store.read(list)).toBe(before);
  });

  it('keeps the screen still while paused and catches up afterwards', async () => {
    store.pause(true);
    world.socket.say({ id: 1, k: 'snap', seq: '1', d: [1, 2] });
    await world.pass(1000);
    expect(store.read(list)).toEqual([]);
    expect(store.status().paused).toBe(true);
    store.pause(false);
    expect(store.read(list)).toEqual([1, 2]);
  });

  it('goes on where it was after a lost connection', async () => {
    world.socket.say({ id: 1, k: 'snap', seq: '41', d: [1] });
    world.socket.onclose?.();
    await world.pass(FLUSH_MILLIS);
    expect(store.status().link).toBe('reconnecting');
    await world.pass(400);
    world.socket.onopen?.();
    expect(world.sockets).toHaveLength(2);
    expect(world.socket.sent).toEqual([{ op: 'sub', id: 1, ch: 'list', since: '41' }]);
    world.socket.say({ id: 1, k: 'delta', seq: '42', d: [2] });
    await world.pass(FLUSH_MILLIS);
    expect(store.read(list)).toEqual([1, 2]);
    expect(store.status().link).toBe('live');
  });

  it('waits longer after each failure, up to a bound', async () => {
    world.reachable = false;
    world.socket.onclose?.();
    const waits: number[] = [];
    for (let n = 0; n < 9; n++) {
      await world.pass(FLUSH_MILLIS);
      const wait = world.due().at(-1) ?? 0;
      waits.push(wait);
      await world.pass(wait);
    }
    expect(waits.slice(1).every((wait, i) => wait >= (waits[i] ?? 0))).toBe(true);
    expect(waits.at(-1)).toBeGreaterThan(14_000);
    expect(waits.at(-1)).toBeLessThanOrEqual(15_000);
  });

  it('tells of a gap', () => {
    const gaps: string[] = [];
    store.onGap((channel) => gaps.push(channel));
    world.socket.say({ id: 1, k: 'gap', seq: '7', d: [] });
    expect(gaps).toEqual(['list']);
  });

  it('leaves a channel some time after its last user', async () => {
    const other: Channel<number> = { name: 'other', empty: 0, apply: () => 1 };
    const leave = store.use(other, () => undefined);
    leave();
    expect(world.socket.sent.at(-1)).toMatchObject({ op: 'sub', ch: 'other' });
    await world.pass(31_000);
    expect(world.socket.sent.at(-1)).toEqual({ op: 'unsub', id: 2 });
  });

  it('keeps a channel whose user comes back in time', async () => {
    const other: Channel<number> = { name: 'other', empty: 0, apply: () => 1 };
    store.use(other, () => undefined)();
    await world.pass(5_000);
    store.use(other, () => undefined);
    await world.pass(60_000);
    expect(world.socket.sent.filter((message) => message['ch'] === 'other')).toHaveLength(1);
    expect(world.socket.sent.some((message) => message['op'] === 'unsub')).toBe(false);
  });

  it('remembers when the server was last heard', async () => {
    await world.pass(5_000);
    world.socket.say({ id: 1, k: 'delta', seq: '1', d: [] });
    await world.pass(FLUSH_MILLIS);
    expect(store.status().heardAt).toBeGreaterThanOrEqual(5_000);
  });
});

describe('channels', () => {
  const frame = (kind: Frame['kind'], data: unknown): Frame => ({ kind, data, dropped: 0 });
  const second = (n: number) => ({ at: new Date(n * 1000).toISOString(), events_per_s: { alerts: n } });

  it('never shows a second twice', () => {
    const first = statsChannel.apply(statsChannel.empty, frame('snap', [second(1), second(2)]));
    const next = statsChannel.apply(first, frame('delta', [second(2), second(3)]));
    expect(next.ticks.map((tick) => tick.at)).toEqual([1000, 2000, 3000]);
    expect(statsChannel.apply(next, frame('delta', [second(3)]))).toBe(next);
  });

  it('knows no decision time for a second without decisions', () => {
    const quiet = { ...second(1), decision_ms: { p50: 0, p95: 0 } };
    expect(statsChannel.apply(statsChannel.empty, frame('snap', [quiet])).ticks[0]?.p95).toBeNull();
  });

  const row = (id: string, committed: number, status = 'pending') =>
    ({ id, committed_at: new Date(committed).toISOString(), status }) as DecisionRow;

  it('puts the newest decision first and replaces one that changed', () => {
    const rows = mergeDecisions([row('b', 2), row('a', 1)], [row('c', 3), row('a', 1, 'successful')]);
    expect(rows.map((one) => `${one.id} ${one.status}`)).toEqual(['c pending', 'b pending', 'a successful']);
  });

  it('keeps a bounded number of decisions', () => {
    const many = Array.from({ length: 500 }, (_, n) => row(String(n), n));
    expect(decisionsChannel.apply([], frame('snap', many))).toHaveLength(60);
  });

  it('joins output without doubling what overlaps', () => {
    const none = { attempt: 0, skipped: 0, text: '' };
    const first = appendOutput(none, frame('snap', [{ attempt: 1, offset: 0, text: 'hello ' }]));
    const next = appendOutput(first, frame('delta', [{ attempt: 1, offset: 3, text: 'lo world' }]));
    expect(next).toEqual({ attempt: 1, skipped: 0, text: 'hello world' });
  });

  it('counts output that was lost and begins anew with the next attempt', () => {
    const first = { attempt: 1, skipped: 0, text: 'abc' };
    const lost = appendOutput(first, frame('delta', [{ attempt: 1, offset: 10, text: 'xyz' }]));
    expect(lost).toEqual({ attempt: 1, skipped: 10, text: 'xyz' });
    const again = appendOutput(lost, frame('delta', [{ attempt: 2, offset: 0, text: 'new' }]));
    expect(again).toEqual({ attempt: 2, skipped: 0, text: 'new' });
  });

  it('keeps the end of a long output', () => {
    const none = { attempt: 1, skipped: 0, text: '' };
    const long = appendOutput(
      none,
      frame('delta', [{ attempt: 1, offset: 0, text: 'x'.repeat(300_000) + 'end' }]),
    );
    expect(long.text).toHaveLength(256 * 1024);
    expect(long.text.endsWith('end')).toBe(true);
    expect(long.skipped).toBe(300_003 - 256 * 1024);
  });

  it('names what has to be read again, also when several frames become one', () => {
    const patch = (kind: string) => frame('delta', [{ kind, id: '1', rev: 1, patch: {} }]);
    const first = objectsChannel.apply(objectsChannel.empty, patch('task'));
    const now = ['activation', 'unheard of'].map(patch).reduce(objectsChannel.apply, first);
    expect([...keysOf(objectsChannel.empty, now)]).toEqual(['tasks', 'decisions', 'activations']);
    expect([...keysOf(first, now)]).toEqual(['activations']);
    expect([...keysOf(now, now)]).toEqual([]);
  });

  it('reads what changes all the time at once and then now and then', async () => {
    const world = new World();
    const done: number[] = [];
    const refresh = spaced(world.later, () => done.push(world.now));
    for (let n = 0; n < 50; n++) {
      refresh('activations');
      await world.pass(100);
    }
    await world.pass(10_000);
    expect(done).toEqual([0, REFRESH_MILLIS, 2 * REFRESH_MILLIS, 3 * REFRESH_MILLIS]);
  });
});

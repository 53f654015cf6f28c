import { isRecord } from '@/api/problem';

export type LinkState = 'connecting' | 'live' | 'reconnecting' | 'offline';

/** What the server says about one subscription. */
export interface Frame {
  readonly kind: 'snap' | 'delta' | 'gap' | 'err';
  readonly data: unknown;
  readonly dropped: number;
}

/** Where a subscription's frames go. */
export interface Sink {
  readonly channel: string;
  readonly options?: Readonly<Record<string, unknown>>;
  frame(frame: Frame): void;
}

/** The parts of a WebSocket that are needed, so that tests can stand in for one. */
export interface Socket {
  onopen: (() => void) | null;
  onmessage: ((message: { data: unknown }) => void) | null;
  onclose: (() => void) | null;
  send(text: string): void;
  close(): void;
}

export interface Surroundings {
  /** A one-time URL, ticket included. */
  url(): Promise<string>;
  open(url: string): Socket;
  /** Runs something later and answers how to call it off. */
  later(millis: number, work: () => void): () => void;
  random(): number;
  online(): boolean;
}

const FIRST_DELAY = 300;
const LONGEST_DELAY = 15_000;

interface Subscription {
  readonly sink: Sink;
  since: string | undefined;
}

/**
 * One WebSocket for the whole console. It reconnects by itself with growing, jittered delays and takes up every
 * subscription where it was.
 */
export class LiveConnection {
  state: LinkState = 'connecting';
  private readonly subscriptions = new Map<number, Subscription>();
  private socket: Socket | undefined;
  private open = false;
  private running = false;
  private failures = 0;
  private nextId = 1;
  private cancelRetry: () => void = () => undefined;

  constructor(
    private readonly around: Surroundings,
    private readonly heard: () => void,
  ) {}

  start(): void {
    this.running = true;
    void this.connect();
  }

  stop(): void {
    this.running = false;
    this.cancelRetry();
    this.socket?.close();
    this.socket = undefined;
    this.open = false;
  }

  /** Tries at once, e.g. when the browser is back on the network. */
  hurry(): void {
    if (!this.running || this.socket) return;
    this.cancelRetry();
    this.failures = 0;
    void this.connect();
  }

  subscribe(sink: Sink): () => void {
    const id = this.nextId++;
    const subscription: Subscription = { sink, since: undefined };
    this.subscriptions.set(id, subscription);
    if (this.open) this.sendSubscription(id, subscription);
    return () => {
      this.subscriptions.delete(id);
      if (this.open) this.send({ op: 'unsub', id });
    };
  }

  private async connect(): Promise<void> {
    let socket: Socket;
    try {
      const url = await this.around.url();
      if (!this.running || this.socket) return;
      socket = this.around.open(url);
    } catch {
      // No ticket or no server: the same wait as after a lost connection.
      this.retry();
      return;
    }
    this.socket = socket;
    socket.onopen = () => this.opened();
    socket.onmessage = (message) => this.received(String(message.data));
    socket.onclose = () => {
      if (this.socket !== socket) return;
      this.socket = undefined;
      this.open = false;
      this.retry();
    };
  }

  private opened(): void {
    this.open = true;
    this.failures = 0;
    this.become('live');
    this.subscriptions.forEach((subscription, id) => this.sendSubscription(id, subscription));
  }

  private sendSubscription(id: number, { sink, since }: Subscription): void {
    this.send({
      op: 'sub',
      id,
      ch: sink.channel,
      ...sink.options,
      ...(since === undefined ? {} : { since }),
    });
  }

  private received(text: string): void {
    const message: unknown = JSON.parse(text);
    if (!isRecord(message)) return;
    if (message['k'] === 'ping') {
      this.send({ op: 'pong' });
      return;
    }
    const subscription = this.subscriptions.get(Number(message['id']));
    if (!subscription) return;
    if (message['seq'] !== undefined && message['seq'] !== null) subscription.since = String(message['seq']);
    subscription.sink.frame({
      kind: message['k'] as Frame['kind'],
      data: message['d'],
      dropped: Number(message['dropped'] ?? 0),
    });
    this.heard();
  }

  private retry(): void {
    if (!this.running) return;
    this.become(
      this.around.online()
        ? this.failures === 0 && this.state === 'connecting'
          ? 'connecting'
          : 'reconnecting'
        : 'offline',
    );
    const delay = Math.min(LONGEST_DELAY, FIRST_DELAY * 2 ** this.failures++);
    this.cancelRetry = this.around.later(
      delay * (0.7 + this.around.random() * 0.6),
      () => void this.connect(),
    );
  }

  private send(message: object): void {
    this.socket?.send(JSON.stringify(message));
  }

  private become(state: LinkState): void {
    this.state = state;
    this.heard();
  }
}

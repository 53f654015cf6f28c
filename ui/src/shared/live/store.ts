import { LiveConnection, type Frame, type LinkState, type Surroundings } from './connection';

/** How frames of a channel become state. States are immutable: a change is a new object. */
export interface Channel<T> {
  /** Name on the wire; equal names with equal options share one subscription. */
  readonly name: string;
  readonly options?: Readonly<Record<string, unknown>>;
  readonly empty: T;
  apply(state: T, frame: Frame): T;
}

export interface LiveStatus {
  readonly link: LinkState;
  readonly paused: boolean;
  /** When the server was last heard of. */
  readonly heardAt: number;
}

/** React hears of changes at most this often; without it a busy stream would keep the page from drawing. */
export const FLUSH_MILLIS = 250;
/** A subscription outlives its last user by this much, so that going back to a page finds its figures. */
const LINGER_MILLIS = 30_000;

interface Entry {
  readonly channel: Channel<unknown>;
  state: unknown;
  shown: unknown;
  users: number;
  listeners: Set<() => void>;
  leave: (() => void) | undefined;
  forget: (() => void) | undefined;
}

/** Live state outside React: frames change it at any rate, React is told of the newest state now and then. */
export class LiveStore {
  private readonly entries = new Map<string, Entry>();
  private readonly gapListeners = new Set<(channel: string) => void>();
  private readonly statusListeners = new Set<() => void>();
  private readonly connection: LiveConnection;
  private shownStatus: LiveStatus;
  private paused = false;
  private heardAt: number;
  private flushing = false;

  constructor(
    private readonly around: Surroundings,
    private readonly now: () => number,
  ) {
    this.heardAt = now();
    this.shownStatus = { link: 'connecting', paused: false, heardAt: this.heardAt };
    this.connection = new LiveConnection(around, () => {
      if (this.connection.state === 'live') this.heardAt = this.now();
      this.flushLater();
    });
  }

  start(): void {
    this.connection.start();
  }

  stop(): void {
    this.connection.stop();
  }

  hurry(): void {
    this.connection.hurry();
  }

  /** Frames go on arriving while paused; the screen keeps still until it is resumed. */
  pause(paused: boolean): void {
    this.paused = paused;
    this.flush();
  }

  readonly status = (): LiveStatus => this.shownStatus;

  readonly onStatus = (listener: () => void): (() => void) => {
    this.statusListeners.add(listener);
    return () => this.statusListeners.delete(listener);
  };

  /** Tells that frames of a channel were lost and a snapshot has to be read. */
  onGap(listener: (channel: string) => void): () => void {
    this.gapListeners.add(listener);
    return () => this.gapListeners.delete(listener);
  }

  /** The state as React shows it. */
  read<T>(channel: Channel<T>): T {
    return this.entry(channel).shown as T;
  }

  /** Uses a channel until the answer is called. */
  use<T>(channel: Channel<T>, listener: () => void): () => void {
    const entry = this.entry(channel);
    entry.listeners.add(listener);
    entry.users++;
    entry.forget?.();
    entry.forget = undefined;
    entry.leave ??= this.connection.subscribe({
      channel: channel.name,
      ...(channel.options ? { options: channel.options } : {}),
      frame: (frame) => this.apply(entry, frame),
    });
    return () => {
      entry.listeners.delete(listener);
      if (--entry.users === 0) entry.forget = this.around.later(LINGER_MILLIS, () => this.forget(entry));
    };
  }

  private apply(entry: Entry, frame: Frame): void {
    if (frame.kind === 'gap') this.gapListeners.forEach((listener) => listener(entry.channel.name));
    entry.state = entry.channel.apply(entry.state, frame);
  }

  private forget(entry: Entry): void {
    entry.leave?.();
    entry.leave = undefined;
    entry.state = entry.shown = entry.channel.empty;
  }

  private entry<T>(channel: Channel<T>): Entry {
    const key = channel.options ? `${channel.name} ${JSON.stringify(channel.options)}` : channel.name;
    let entry = this.entries.get(key);
    if (!entry) {
      entry = {
        channel: channel as Channel<unknown>,
        state: channel.empty,
        shown: channel.empty,
        users: 0,
        listeners: new Set(),
        leave: undefined,
        forget: undefined,
      };
      this.entries.set(key, entry);
    }
    return entry;
  }

  private flushLater(): void {
    if (this.flushing) return;
    this.flushing = true;
    this.around.later(FLUSH_MILLIS, () => {
      this.flushing = false;
      this.flush();
    });
  }

  private flush(): void {
    const { link, paused } = this.shownStatus;
    const changed = link !== this.connection.state || paused !== this.paused;
    this.shownStatus = { link: this.connection.state, paused: this.paused, heardAt: this.heardAt };
    if (changed) this.statusListeners.forEach((listener) => listener());
    if (this.paused) return;
    for (const entry of this.entries.values()) {
      if (entry.shown === entry.state) continue;
      entry.shown = entry.state;
      entry.listeners.forEach((listener) => listener());
    }
  }
}

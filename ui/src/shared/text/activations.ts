import { integer } from '@/shared/format/number';

/** Texts of the pages about activations. */
export const activations = {
  title: 'Activations',
  one: 'Activation',
  strategy: 'Strategy',
  name: 'Name',
  state: 'State',
  rulebook: 'Rulebook',
  events: 'Events',
  fired: 'Decisions',
  lag: 'Lag',
  restarts: 'Restarts',
  since: 'Since',
  version: (number: number) => `v${number}`,
  empty: 'No activations',
  emptyHint: 'An activation keeps a rulebook running. The API and the ansible.eda modules create one.',
  enable: 'Enable activation',
  disable: 'Disable activation',
  restart: 'Restart activation',
  done: { enable: 'Activation enabled.', disable: 'Activation disabled.', restart: 'Activation restarts.' },
  failed: { enable: 'Not enabled', disable: 'Not disabled', restart: 'Not restarted' },
  needsOperator: 'You need the role Operator to change an activation.',
  trouble: {
    title: {
      diverged: 'It stopped: its recovery decided otherwise',
      failed: 'It cannot run as it is configured',
      error: 'It stopped after an unexpected fault',
    },
    hint: {
      diverged:
        'After a restart the log was read again, and what was decided differs from what had been committed. So that nothing is decided twice or otherwise, nothing is decided at all. The committed decisions and their actions stand. A restart reads the log again; it helps where the cause is gone.',
      failed:
        'The reason stands above. Change the rulebook, the variables or the event streams, then restart it.',
      error:
        'It was started again as often as its restart policy allows. Look at its last lines, then restart it.',
    },
    way: {
      snapshot: 'Go on from the newest snapshot',
      anew: 'Start anew and forget what it remembers',
    },
    wayHint: {
      snapshot:
        'To go on from the newest snapshot keeps facts, partial matches, windows and throttles as this build reads them. Committed decisions stand, actions that wait for their turn are cancelled, and what is in the inbox is decided.',
      anew: 'To start anew drops facts, partial matches, windows and throttles, and leaves undecided what is in the inbox now. Events that come from then on are decided.',
    },
    goesOn: {
      snapshot: 'The activation goes on from its newest snapshot.',
      anew: 'The activation starts anew.',
    },
    wayFailed: 'It does not go on',
    toRulebook: 'Open its rulebook',
    lines: 'What it said last',
  },
  noMatch: 'No activation matches the filters',
  tabsLabel: 'What to see of it',
  tabs: { overview: 'Overview', memory: 'Memory', log: 'Log', versions: 'Versions' },
  figures: 'Figures',
  sources: 'Sources',
  noSources: 'The rulebook uses its own sources.',
  source: (name: string) => `stands in for ${name}`,
  decisions: 'Latest decisions',
  noDecisions: 'It has not decided anything yet',
  noDecisionsHint: 'Decisions show here as soon as a rule matches.',
  about: 'About',
  created: 'Created',
  policy: 'Restart policy',
  variables: 'Variables',
  enabled: 'Enabled',
  yes: 'Yes',
  no: 'No',
};

/** Texts of the versions of an activation. */
export const versions = {
  title: 'What was live when',
  never: 'No version was put live yet',
  neverHint: 'It begins with the version that it was made with.',
  available: 'Versions of its rulebook',
  toRulebook: 'Open the rulebook',
  version: 'Version',
  made: 'Made',
  act: 'Live',
  live: 'Live',
  put: (number: number) => `Put v${integer(number)} live`,
  asked: (number: number) => `Version ${integer(number)} goes live.`,
  refused: (number: number) => `Version ${integer(number)} does not go live`,
  fates: {
    added: 'is new',
    removed: 'is gone, with what it held',
    changed: 'changed: what it held was dropped',
  } as Readonly<Record<string, string>>,
};

/** Texts of the log of an activation. */
export const log = {
  title: 'Log',
  sub: 'newest first, live',
  search: 'Search the log',
  level: 'Level',
  everyLevel: 'All levels',
  levels: { error: 'Errors only', warn: 'Warnings and worse', info: 'Information and worse' },
  names: { error: 'Error', warn: 'Warning', info: 'Info', debug: 'Debug' } as Readonly<
    Record<string, string>
  >,
  empty: 'Nothing was said about it yet',
  emptyHint: 'Lines of the processes that name this activation show here: starts, failures, sources.',
  noMatch: 'No line matches',
};

/** Texts of the memory of an activation. */
export const memory = {
  title: 'Memory',
  none: 'It remembers nothing yet',
  live: (age: string) => `As its process saw it ${age} ago;`,
  snapshot: 'Its process does not answer: this is the newest snapshot;',
  upTo: 'decided up to',
  waits: 'What waits',
  nothing: 'Nothing waits',
  nothingHint: 'No fact, no event that waits for others, no open window or throttle.',
  rules: 'Rules',
  rule: 'Rule',
  matched: 'Matched',
  suppressed: 'Suppressed',
  suppressedHint: 'Swallowed by a throttle, or another rule had the event first',
  last: 'Last match',
  disabled: 'disabled',
  partials: 'Partial matches',
  newestOf: (shown: number, all: number) =>
    all > shown ? `the newest ${integer(shown)} of ${integer(all)}` : integer(all),
  event: 'Event',
  fulfils: 'Fulfils',
  waitsFor: 'Why it waits',
  expires: 'Forgotten',
  windows: 'Open windows',
  windowsSub: 'they match when they end incomplete',
  came: 'Came',
  missing: 'Did not come',
  ends: 'Ends',
  throttles: 'Throttles',
  kind: 'Kind',
  group: 'Group',
  alone: 'one for all',
  count: 'Events',
  countOf: (count: number, threshold: number | null | undefined) =>
    threshold ? `${integer(count)} of ${integer(threshold)}` : integer(count),
  facts: 'Facts',
  fact: 'Fact',
  left: (time: string) => `in ${time}`,
  due: 'with the next entry',
};

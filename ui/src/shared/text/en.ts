import { integer } from '@/shared/format/number';
import { actions } from './actions';
import { activations, log, memory, versions } from './activations';
import { decisions } from './decisions';
import { events } from './events';
import { overview } from './overview';
import { plural } from './plural';
import { rulebooks } from './rulebooks';
import { streams } from './streams';

const STATES: Readonly<Record<string, string>> = {
  dead_letter: 'Dead letter',
  successful: 'Succeeded',
};

/**
 * Every text on the screen; those of the pages about one noun stand in the file of its name. Short full sentences; buttons
 * are verbs with their object.
 */
export const text = {
  product: 'Reflexarc',
  loading: 'Loading',
  never: 'never',
  none: 'None',
  skip: 'Skip to content',
  ago: (age: string) => `${age} ago`,
  lasting: 'for',
  rows: (count: number) => plural(count, 'row'),
  shown: (shown: number, all: number) =>
    all > 10_000 ? `${integer(shown)} of 10,000+ shown` : `${integer(shown)} of ${integer(all)} shown`,
  fields: (count: number) => plural(count, 'field'),
  state: (state: string) =>
    STATES[state] ?? (state.charAt(0).toUpperCase() + state.slice(1)).replaceAll('_', ' '),
  role: (role: string) => role.charAt(0).toUpperCase() + role.slice(1),

  action: {
    retry: 'Try again',
    copy: (what: string) => `Copy ${what}`,
    copied: 'Copied',
    viewAll: 'View all',
    clear: 'Clear filters',
    filters: 'Filters',
    filtersSet: 'Filters · some are set',
    more: 'Show more',
    close: 'Close',
  },

  json: {
    pick: 'Search for events with this value',
    moreFields: (next: number, left: number) =>
      next === left ? `Show ${plural(left, 'more field')}` : `Show ${integer(next)} of ${integer(left)} more`,
    moreText: (size: string) => `Show more of ${size}`,
  },

  nav: {
    label: 'Main',
    groups: { operate: 'Operate', author: 'Author' },
    search: 'Search or jump to…',
    searchLabel: 'Search',
    searchKey: '⌘K',
    searchHint: 'Pages, activations, rulebooks, a decision or event id…',
    nothingFound: 'Nothing found',
    openMenu: 'Open the menu',
    urgent: (count: number) => `${integer(count)} ${count === 1 ? 'needs' : 'need'} you`,
    keys: 'Keyboard shortcuts',
    signOut: 'Sign out',
    licences: 'Licences of the libraries in this console',
    theme: {
      label: { auto: 'Theme: as the system', light: 'Theme: light', dark: 'Theme: dark' },
    },
    goto: (page: string) => `Go to ${page}`,
    paletteGroup: 'Pages',
    decisionById: (id: string) => `Decision ${id}`,
    eventById: (id: string) => `Event ${id}`,
    byId: 'Open by id',
  },

  live: {
    state: {
      connecting: 'Connecting',
      live: 'Live',
      reconnecting: 'Reconnecting',
      offline: 'Offline',
      paused: 'Paused',
    },
    pause: 'Pause live updates (Space)',
    resume: 'Resume live updates (Space)',
    rate: (rate: string) => `${rate} ev/s`,
    stale: (age: string) => `Connection lost ${age} ago. Trying again; figures may be old.`,
  },

  keys: {
    title: 'Keyboard shortcuts',
    palette: 'Search and jump',
    help: 'This list',
    rows: 'Next and previous row',
    open: 'Open the row',
    pause: 'Pause or resume live updates',
    theme: 'Switch the theme',
    filter: 'Go to the filter',
    close: 'Close what is open',
    operate: 'Retry, edit, drop or cancel the open action',
    choose: 'Choose the row',
  },

  problem: {
    title: 'This did not work',
    unreachable: 'The server does not answer',
    unreachableHint: 'It may be restarting. What is shown may be old.',
    forbidden: 'Not permitted',
    forbiddenHint: 'Your role does not allow this. Ask an administrator for the role Operator.',
    page: 'This page failed',
    notFound: 'There is no such page',
    notFoundHint: 'The address may be mistyped, or the object was deleted.',
    toOverview: 'Go to the overview',
  },

  login: {
    title: 'Sign in to Reflexarc',
    username: 'User name',
    password: 'Password',
    submit: 'Sign in',
    busy: 'Signing in…',
    wrong: 'User name or password is wrong.',
    expired: 'The session ended. Sign in again to go on where you were.',
    hint: 'The first start prints the administrator’s password once; the command “reflexarc reset-admin” makes a new one.',
  },

  overview,

  activations,

  versions,

  log,

  memory,

  decisions,

  events,

  actions,

  streams,

  rulebooks,
} as const;

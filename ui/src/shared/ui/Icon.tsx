/** A small stroke set of our own: an icon package would be a hundred times the size of the console. */
const PATHS = {
  overview: 'M3 12h4l3-8 4 16 3-8h4',
  event: 'M4 6h16M4 12h16M4 18h10',
  stream: 'M3 7c3-3 6 3 9 0s6 3 9 0M3 13c3-3 6 3 9 0s6 3 9 0M3 19c3-3 6 3 9 0s6 3 9 0',
  rulebook: 'M5 4h11a3 3 0 0 1 3 3v13H8a3 3 0 0 1-3-3zM5 17a3 3 0 0 1 3-3h11M9 8h6',
  activation: 'M12 3v8M7 6a8 8 0 1 0 10 0',
  decision: 'M12 3l9 9-9 9-9-9zM9 12l2 2 4-4',
  bolt: 'M13 2L4 14h7l-1 8 9-12h-7z',
  inbox: 'M4 13l3-8h10l3 8v6H4zM4 13h5l1 3h4l1-3h5',
  clock: 'M12 3a9 9 0 1 0 0 18 9 9 0 0 0 0-18zM12 7v5l3 2',
  search: 'M11 4a7 7 0 1 0 0 14 7 7 0 0 0 0-14zM16 16l5 5',
  sun: 'M12 8a4 4 0 1 0 0 8 4 4 0 0 0 0-8zM12 2v2M12 20v2M2 12h2M20 12h2M5 5l1.400 1.400M17.600 17.600L19 19M19 5l-1.400 1.400M6.400 17.600L5 19',
  moon: 'M20 14.500A8 8 0 0 1 9.500 4 8 8 0 1 0 20 14.500z',
  system: 'M3 5h18v11H3zM9 20h6M12 16v4',
  pause: 'M8 5v14M16 5v14',
  play: 'M7 4l13 8-13 8z',
  check: 'M4 12l5 5L20 6',
  x: 'M5 5l14 14M19 5L5 19',
  warn: 'M12 3l10 18H2zM12 10v5M12 18h.01',
  retry: 'M20 11A8 8 0 1 0 18 17M20 4v7h-7',
  chevron: 'M9 5l7 7-7 7',
  copy: 'M9 9h11v11H9zM5 15H4V4h11v1',
  leave: 'M10 4H5v16h5M14 8l4 4-4 4M18 12H9',
  menu: 'M4 6h16M4 12h16M4 18h16',
  arrow: 'M4 12h15M13 6l6 6-6 6',
  minus: 'M5 12h14',
  help: 'M9 9a3 3 0 1 1 4.500 2.600c-1 .6-1.500 1.200-1.500 2.400M12 18h.01',
  lock: 'M6 11h12v9H6zM8 11V8a4 4 0 0 1 8 0v3',
} as const;

export type IconName = keyof typeof PATHS;

/** An icon with a title carries meaning; one without only decorates a word beside it. */
export function Icon({ name, size = 16, title }: { name: IconName; size?: number; title?: string }) {
  const label = title ? { role: 'img', 'aria-label': title } : { 'aria-hidden': true };
  return (
    <svg
      {...label}
      width={size}
      height={size}
      viewBox="0 0 24 24"
      fill="none"
      stroke="currentColor"
      strokeWidth={1.8}
      strokeLinecap="round"
      strokeLinejoin="round"
      focusable="false"
    >
      <path d={PATHS[name]} />
    </svg>
  );
}

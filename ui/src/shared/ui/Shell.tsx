import { useMantineColorScheme } from '@mantine/core';
import { useHotkeys } from '@mantine/hooks';
import { spotlight } from '@mantine/spotlight';
import { useQuery } from '@tanstack/react-query';
import { Link, Outlet, useLocation, useMatches, useNavigate } from '@tanstack/react-router';
import { lazy, Suspense, useEffect, useState } from 'react';
import { base } from '@/api/client';
import { useSessionStore, useUser } from '@/shared/auth/context';
import { pageAt, pages, type NavGroup, type Page } from '@/shared/page';
import { integer } from '@/shared/format/number';
import { text } from '@/shared/text/en';
import { IconButton } from './Button';
import { ConnectionPill, StaleBanner, usePauseKey } from './Connection';
import { Icon } from './Icon';
import { useGoto } from './keys';
import css from './Shell.module.css';
import { useTitle } from './title';

const Palette = lazy(() => import('./Palette'));
const KeyHelp = lazy(() => import('./KeyHelp'));
const GROUPS = Object.entries(text.nav.groups) as [NavGroup, string][];
const NEXT_SCHEME = { auto: 'light', light: 'dark', dark: 'auto' } as const;
const SCHEME_ICON = { auto: 'system', light: 'sun', dark: 'moon' } as const;

/** What surrounds every page. */
export function Shell() {
  const [menu, setMenu] = useState(false);
  const [help, setHelp] = useState(false);
  const [palette, setPalette] = useState(false);
  const search = () => {
    setPalette(true);
    spotlight.open();
  };
  const navigate = useNavigate();
  const here = useHere();
  const { colorScheme, setColorScheme } = useMantineColorScheme();
  useHotkeys([
    ['mod+K', search],
    ['shift+T', () => setColorScheme(NEXT_SCHEME[colorScheme])],
    ['shift+?', () => setHelp(true)],
  ]);
  usePauseKey();
  useGoto(
    (key) => pages.find((page) => page.nav?.key === key)?.path,
    (to) => void navigate({ to }),
  );
  // Outside system: the window's title.
  useEffect(() => {
    document.title = `${here.title} · ${text.product}`;
  }, [here.title]);

  return (
    <div className={menu ? `${css.shell} ${css.drawer}` : css.shell}>
      <button type="button" className={css.skip} onClick={() => document.getElementById('main')?.focus()}>
        {text.skip}
      </button>
      <SideBar onLeave={() => setMenu(false)} />
      {menu && (
        <button
          type="button"
          className={css.scrim}
          aria-label={text.action.close}
          onClick={() => setMenu(false)}
        />
      )}
      <header className={css.top}>
        <div className={css.burger}>
          <IconButton icon="menu" label={text.nav.openMenu} onClick={() => setMenu(true)} />
        </div>
        <Crumbs {...here} />
        <button
          type="button"
          className={css.search}
          aria-label={`${text.nav.search} ${text.nav.searchKey}`}
          onClick={search}
        >
          <Icon name="search" size={14} />
          <span>{text.nav.search}</span>
          <kbd>{text.nav.searchKey}</kbd>
        </button>
        <ConnectionPill />
        <IconButton
          icon={SCHEME_ICON[colorScheme]}
          label={text.nav.theme.label[colorScheme]}
          onClick={() => setColorScheme(NEXT_SCHEME[colorScheme])}
        />
      </header>
      <main className={css.main} id="main" tabIndex={-1}>
        <StaleBanner />
        <Outlet />
      </main>
      <Suspense>
        {palette && <Palette />}
        {help && <KeyHelp onClose={() => setHelp(false)} />}
      </Suspense>
    </div>
  );
}

function SideBar({ onLeave }: { onLeave(): void }) {
  const path = useLocation({ select: (location) => location.pathname });
  const session = useSessionStore();
  const user = useUser();
  return (
    <nav className={css.side} aria-label={text.nav.label}>
      <div className={css.brand}>
        <img src={new URL('favicon.svg', base).href} alt="" />
        <span>{text.product}</span>
      </div>
      <div className={css.nav}>
        {GROUPS.map(([group, title]) => (
          <section key={group} aria-label={title}>
            <div className={css.group} aria-hidden>
              {title}
            </div>
            {pages
              .filter((page) => page.nav?.group === group)
              .map((page) => (
                <NavLink key={page.path} page={page} path={path} onLeave={onLeave} />
              ))}
          </section>
        ))}
      </div>
      <div className={css.me}>
        <div className={css.avatar} style={{ flex: 'none' }} aria-hidden>
          {user.username.slice(0, 2)}
        </div>
        <div className="ell">
          <b>{user.username}</b>
          <small>{text.role(user.role)}</small>
        </div>
        <IconButton icon="leave" label={text.nav.signOut} onClick={() => void session.logout()} />
      </div>
    </nav>
  );
}

function NavLink({ page, path, onLeave }: { page: Page; path: string; onLeave(): void }) {
  const current = page.path === '/' ? path === '/' : path.startsWith(page.path);
  if (!page.nav) return null;
  return (
    <Link
      to={page.path}
      aria-current={current ? 'page' : undefined}
      onClick={onLeave}
      activeOptions={{ exact: true }}
    >
      <Icon name={page.nav.icon} />
      <span>{page.title}</span>
      {page.nav.urgent && <Urgent query={page.nav.urgent()} />}
    </Link>
  );
}

function Urgent({ query }: { query: ReturnType<NonNullable<NonNullable<Page['nav']>['urgent']>> }) {
  const { data = 0 } = useQuery(query);
  if (data === 0) return null;
  return (
    <span className={css.count} title={text.nav.urgent(data)}>
      {integer(data)}
    </span>
  );
}

interface Here {
  title: string;
  parent: Page | undefined;
}

/** Names what the route shows. */
function useHere(): Here {
  const match = useMatches().at(-1);
  const page = match && pageAt(match.fullPath);
  const object = useTitle();
  const named = object ?? page?.crumb?.((match?.params ?? {}) as Record<string, string>);
  return {
    title: named ?? page?.title ?? text.problem.notFound,
    parent: page?.parent === undefined ? undefined : pageAt(page.parent),
  };
}

function Crumbs({ title, parent }: Here) {
  return (
    <div className={css.crumbs}>
      {parent && (
        <>
          <Link to={parent.path} aria-label={parent.title}>
            <Icon name="chevron" size={12} />
            <span>{parent.title}</span>
          </Link>
          <Icon name="chevron" size={12} />
        </>
      )}
      <h1 className="ell" title={title}>
        <bdi>{title}</bdi>
      </h1>
    </div>
  );
}

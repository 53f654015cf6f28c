import { createRootRoute, createRoute, createRouter, lazyRouteComponent } from '@tanstack/react-router';
import { base } from './api/client';
import { pages } from './shared/page';
import { Skeleton } from './shared/ui/List';
import { NotFound, PageFailed } from './shared/ui/Fallbacks';
import { Shell } from './shared/ui/Shell';

const root = createRootRoute({ component: Shell, notFoundComponent: NotFound });
const routes = pages.map((page) =>
  createRoute({
    getParentRoute: () => root,
    path: page.path,
    component: lazyRouteComponent(page.load),
  }),
);

/** One route for each page that a feature registers. */
export const router = createRouter({
  basepath: base.pathname,
  routeTree: root.addChildren(routes),
  defaultPreload: 'intent',
  defaultPendingComponent: Skeleton,
  defaultErrorComponent: PageFailed,
});

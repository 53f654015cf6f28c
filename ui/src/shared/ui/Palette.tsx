import { Spotlight, type SpotlightActionData, type SpotlightActionGroupData } from '@mantine/spotlight';
import { useQuery } from '@tanstack/react-query';
import { useNavigate } from '@tanstack/react-router';
import { useState } from 'react';
import { api, body } from '@/api/client';
import { pages } from '@/shared/page';
import { text } from '@/shared/text/en';

const UUID = /^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$/i;

/** Jumps to any page, activation or rulebook, and to a decision or event by its id. */
export default function Palette() {
  const [query, setQuery] = useState('');
  const navigate = useNavigate();
  const objects = useQuery({
    queryKey: ['palette'],
    queryFn: readObjects,
    enabled: query.length > 1,
    staleTime: 30_000,
  });
  const action = (label: string, to: string, description?: string): SpotlightActionData => ({
    id: `${to} ${label}`,
    label,
    ...(description !== undefined && { description }),
    onClick: () => void navigate({ to }),
  });
  const id = query.trim();
  const groups: SpotlightActionGroupData[] = [
    {
      group: text.nav.paletteGroup,
      actions: pages.flatMap((page) =>
        page.nav ? [action(page.title, page.path, text.nav.groups[page.nav.group])] : [],
      ),
    },
    {
      group: text.activations.title,
      actions: (objects.data?.activations ?? []).map((one) => action(one.name, `/activations/${one.id}`)),
    },
    {
      group: text.rulebooks.title,
      actions: (objects.data?.rulebooks ?? []).map((one) => action(one.name, `/rulebooks/${one.id}`)),
    },
  ];
  if (UUID.test(id)) {
    groups.push({
      group: text.nav.byId,
      actions: [
        action(text.nav.decisionById(id), `/decisions/${id}`),
        action(text.nav.eventById(id), `/events/${id}`),
      ],
    });
  }
  return (
    <Spotlight
      shortcut={null}
      attributes={{ content: { 'aria-label': text.nav.searchLabel } }}
      query={query}
      onQueryChange={setQuery}
      actions={groups.filter((group) => group.actions.length > 0)}
      nothingFound={text.nav.nothingFound}
      highlightQuery
      overlayProps={{ blur: 0, backgroundOpacity: 0.55 }}
      searchProps={{ placeholder: text.nav.searchHint, 'aria-label': text.nav.searchLabel }}
    />
  );
}

async function readObjects() {
  const [activations, rulebooks] = await Promise.all([
    body(api.GET('/api/eda/v1/activations/', { params: { query: { page_size: 50 } } })),
    body(api.GET('/api/eda/v1/rulebooks/', { params: { query: { page_size: 50 } } })),
  ]);
  return { activations: activations.results, rulebooks: rulebooks.results };
}

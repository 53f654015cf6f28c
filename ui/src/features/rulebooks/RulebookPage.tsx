import { useQuery } from '@tanstack/react-query';
import { useParams } from '@tanstack/react-router';
import type { ReactNode } from 'react';
import { useUser } from '@/shared/auth/context';
import { Loaded } from '@/shared/ui/List';
import { useNamed } from '@/shared/ui/title';
import { Desk } from './Desk';
import { draftQuery, rulebookQuery } from './queries';

/** One rulebook, where it is written. */
export default function RulebookPage() {
  const id = Number(useParams({ strict: false, select: (parameters: { id?: string }) => parameters.id }));
  const rulebook = useQuery(rulebookQuery(id));
  const draft = useQuery(draftQuery(id));
  const user = useUser();
  return (
    <Loaded query={rulebook}>
      {(shown) => (
        <Loaded query={draft}>
          {(own) => (
            <Named name={shown.name}>
              <Desk key={`${user.id} ${id}`} rulebook={shown} serverDraft={own.draft} />
            </Named>
          )}
        </Loaded>
      )}
    </Loaded>
  );
}

function Named({ name, children }: { name: string; children: ReactNode }) {
  useNamed(name);
  return children;
}

import { useQuery } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import { visible } from '@/shared/format/harmless';
import { text } from '@/shared/text/en';
import { Card } from '@/shared/ui/Card';
import { Loaded } from '@/shared/ui/List';
import { Facts } from '@/shared/ui/Panel';
import { Ago } from '@/shared/ui/Time';
import css from './Activation.module.css';
import { rulebookOf, type Activation } from './queries';

const words = text.versions;

/** Which version of its rulebook it runs, and which is the newest. */
export function VersionsCard({ activation }: { activation: Activation }) {
  const query = useQuery(rulebookOf(activation.rulebook_id));
  return (
    <Card title={words.title}>
      <div className={css.body}>
        <Loaded query={query}>
          {(rulebook) => (
            <Facts
              rows={[
                [
                  text.activations.rulebook,
                  <Link key="rulebook" to={`/rulebooks/${rulebook.id}`}>
                    <bdi>{visible(rulebook.name)}</bdi>
                  </Link>,
                ],
                [
                  words.live,
                  rulebook.version === activation.rulebook_version
                    ? words.newest(rulebook.version_number)
                    : words.older(rulebook.version_number),
                ],
                [words.changed, <Ago key="changed" at={rulebook.modified_at} />],
              ]}
            />
          )}
        </Loaded>
      </div>
    </Card>
  );
}

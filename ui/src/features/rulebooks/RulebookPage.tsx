import { useQuery } from '@tanstack/react-query';
import { useParams } from '@tanstack/react-router';
import { text } from '@/shared/text/en';
import { Card } from '@/shared/ui/Card';
import { CopyButton } from '@/shared/ui/Code';
import { Loaded } from '@/shared/ui/List';
import { Ago } from '@/shared/ui/Time';
import { rulebookQuery } from './queries';
import css from './Rulebook.module.css';
import { tokensOf } from './yaml';

const words = text.rulebooks;

/** A rulebook as it is. Changing one is the editor's job, which comes later. */
export default function RulebookPage() {
  const id = Number(useParams({ strict: false, select: (parameters: { id?: string }) => parameters.id }));
  const query = useQuery(rulebookQuery(id));
  return (
    <div className="page">
      <Loaded query={query}>
        {(rulebook) => (
          <Card
            title={rulebook.name}
            sub={
              <>
                {words.versionOf(rulebook.version_number)} · <Ago at={rulebook.modified_at} />
              </>
            }
            right={<CopyButton value={rulebook.rulesets} label={words.source.toLowerCase()} />}
          >
            <Source value={rulebook.rulesets} />
          </Card>
        )}
      </Loaded>
    </div>
  );
}

function Source({ value }: { value: string }) {
  return (
    <div className={css.source} tabIndex={0} role="group" aria-label={words.source}>
      {value
        .replace(/\n$/, '')
        .split('\n')
        .map((line, i) => (
          <div key={i}>
            {tokensOf(line).map((token, k) => (
              <span key={k} className={css[token.kind]}>
                {token.text}
              </span>
            ))}
          </div>
        ))}
    </div>
  );
}

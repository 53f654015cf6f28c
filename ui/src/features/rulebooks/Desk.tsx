import { useQuery } from '@tanstack/react-query';
import { lazy, Suspense, useDeferredValue, useMemo, useRef, useState } from 'react';
import { useUser } from '@/shared/auth/context';
import { may } from '@/shared/auth/permissions';
import { useView, textOf } from '@/shared/search';
import { text as texts } from '@/shared/text/en';
import { activationsQuery, recordedStreamsQuery } from '@/shared/queries';
import { Note, Skeleton } from '@/shared/ui/List';
import { Banners } from './Banners';
import { DeskHead } from './DeskHead';
import { hitsOf } from './matches';
import css from './Desk.module.css';
import type { ServerDraft } from './draft';
import type { EditorHandle } from './editor/Editor';
import { treeOf } from './editor/fields';
import { unknownFields } from './editor/findings';
import { linesOf } from './editor/lines';
import { LARGEST, modelOf, type RulesetModel } from './model';
import { Outline } from './Outline';
import { Problems } from './Problems';
import { fieldsQuery, schemaQuery, type Rulebook } from './queries';
import { TestView } from './TestView';
import { useDraft } from './useDraft';
import { useMatches } from './useMatches';
import { useValidation } from './useValidation';
import { VersionsView } from './VersionsView';
import { ViewTabs, viewOf, type View } from './ViewTabs';

const Editor = lazy(() => import('./editor/Editor'));
const RuleGraph = lazy(() => import('./RuleGraph'));
const Compare = lazy(() => import('./Compare'));
const words = texts.rulebooks;
const NO_FIELDS = treeOf([]);
const NOTHING: readonly RulesetModel[] = [];

/** Two texts side by side, in the place of the editor. */
export interface Comparison {
  readonly label: string;
  readonly before: string;
  readonly after: string;
  /** What both were made from: then three texts are compared, the changes of each side beside it. */
  readonly base?: string;
}

interface Props {
  rulebook: Rulebook;
  serverDraft: ServerDraft | undefined;
}

/** Where a rulebook is written: its text, what is wrong with it, and beside it what it means, does and was. */
export function Desk({ rulebook, serverDraft }: Props) {
  const user = useUser();
  const writes = may(user, 'write:rulebook');
  const draft = useDraft(rulebook, serverDraft, user.id, writes);
  const { text } = draft.state;
  const [initial] = useState(text);
  const editor = useRef<EditorHandle>(null);
  const [{ view, event }, setView] = useView((search) => ({
    view: viewOf(textOf(search['view'])),
    /** To be tested with, for whoever comes from it. */
    event: textOf(search['event']) || undefined,
  }));
  const [cursor, setCursor] = useState(0);
  const [compared, setCompared] = useState<Comparison>();
  const [asked, setAsked] = useState(0);
  const late = useDeferredValue(text);
  const model = useModel(late);
  const validation = useValidation(text);
  const knowledge = useKnowledge(rulebook.id);
  const matches = useMatches(rulebook.id);
  const hits = useMemo(() => hitsOf(model ?? NOTHING, matches), [model, matches]);
  const problems = useMemo(() => {
    const guessed = unknownFields(
      linesOf(validation?.text ?? ''),
      knowledge.events,
      words.editor.unknownField,
    );
    return [...(validation?.problems ?? []), ...guessed].sort((a, b) => a.line - b.line || a.from - b.from);
  }, [validation, knowledge.events]);
  const show = (next: View) => setView({ view: next });
  const test = () => {
    show('test');
    setAsked((before) => before + 1);
  };
  const replace = (value: string) => {
    setCompared(undefined);
    editor.current?.replace(value);
  };
  return (
    <div className={css.desk}>
      <DeskHead
        rulebook={rulebook}
        draft={draft}
        model={model}
        validation={validation}
        writes={writes}
        onTest={test}
        onReplace={replace}
        onCompare={setCompared}
      />
      <Banners draft={draft} onReplace={replace} onCompare={setCompared} />
      <div className={css.body}>
        <div className={css.left}>
          <div className={css.editor} hidden={compared !== undefined}>
            <Suspense fallback={<Skeleton rows={16} />}>
              <Editor
                initial={initial}
                readOnly={!writes}
                knowledge={knowledge}
                problems={problems}
                hits={hits}
                onChange={draft.type}
                onCursor={setCursor}
                onTest={test}
                onSave={draft.saveNow}
                handle={editor}
              />
            </Suspense>
          </div>
          {compared && (
            <Suspense fallback={<Skeleton rows={16} />}>
              <Compare comparison={compared} onClose={() => setCompared(undefined)} />
            </Suspense>
          )}
          <Problems
            problems={problems}
            validation={validation}
            current={text}
            writes={writes}
            onShow={(problem) => editor.current?.goToLine(problem.line, problem.from)}
            onMend={(problem) => editor.current?.mend(problem)}
          />
        </div>
        <div className={css.right}>
          <ViewTabs view={view} onChange={show} />
          <div
            className={css.view}
            role="tabpanel"
            id="rulebook-view"
            aria-labelledby={`tab-${view}`}
            tabIndex={0}
          >
            {view === 'graph' && (
              <Suspense fallback={<Skeleton rows={8} />}>
                {text.length > LARGEST ? (
                  <Note icon="rulebook" title={words.graph.large}>
                    <p>{words.graph.largeHint}</p>
                  </Note>
                ) : (
                  <RuleGraph
                    rulebook={rulebook.id}
                    model={model ?? NOTHING}
                    matches={matches}
                    cursor={cursor}
                    onPick={(at) => editor.current?.goTo(at)}
                  />
                )}
              </Suspense>
            )}
            {view === 'test' && <TestView key={event} text={text} asked={asked} event={event} />}
            {view === 'versions' && (
              <VersionsView
                rulebook={rulebook}
                text={text}
                writes={writes}
                onCompare={setCompared}
                onRestore={(value) => replace(value)}
              />
            )}
            {view === 'outline' && (
              <Outline model={model ?? NOTHING} cursor={cursor} onPick={(at) => editor.current?.goTo(at)} />
            )}
          </div>
        </div>
      </div>
    </div>
  );
}

/** The last text that could be read stays drawn while the next one is typed. */
function useModel(text: string): readonly RulesetModel[] | undefined {
  const read = useMemo(() => modelOf(text), [text]);
  const [last, setLast] = useState(read);
  if (read && read !== last) setLast(read);
  return read ?? last;
}

/** Keys from the server's schema; fields from the streams that this rulebook's activations read, or else from all. */
function useKnowledge(rulebook: number) {
  const schema = useQuery(schemaQuery).data;
  const streams = useQuery(recordedStreamsQuery()).data?.results;
  const activations = useQuery(activationsQuery()).data?.results;
  const users = activations?.filter((one) => one.rulebook_id === rulebook) ?? [];
  const used = new Set(users.flatMap((one) => one.source_mappings.map((source) => source.event_stream_name)));
  const running = new Set(users.map((one) => one.id));
  const mine =
    streams?.filter((stream) =>
      stream.activation_id === null ? used.has(stream.name) : running.has(stream.activation_id),
    ) ?? [];
  const asked = (mine.length > 0 ? mine : (streams ?? [])).map((stream) => stream.key);
  const events = useQuery({ ...fieldsQuery(asked), enabled: asked.length > 0 }).data ?? NO_FIELDS;
  return useMemo(() => ({ schema, events }), [schema, events]);
}

import { useQuery } from '@tanstack/react-query';
import { useMemo } from 'react';
import { visible } from '@/shared/format/harmless';
import { decimal, integer, rate } from '@/shared/format/number';
import { decisionsChannel, statsChannel } from '@/shared/live/channels';
import { useLive } from '@/shared/live/context';
import { activationsQuery, statusQuery } from '@/shared/queries';
import { useView } from '@/shared/search';
import { text } from '@/shared/text/en';
import { Card } from '@/shared/ui/Card';
import { Chart, Legend } from '@/shared/ui/Chart';
import type { Series } from '@/shared/ui/chartModel';
import { useStaleness } from '@/shared/ui/Connection';
import { Segmented } from '@/shared/ui/Segmented';
import { Status } from '@/shared/ui/Status';
import { Ago } from '@/shared/ui/Time';
import type { Attention } from './attention';
import { AttentionCard, useAttention } from './AttentionCard';
import { ActivationsCard, LagCard, LatestCard } from './cards';
import css from './Overview.module.css';
import { overviewOf, WINDOWS, windowOf, within, type Overview, type Window } from './overview';
import { Tiles } from './Tiles';

const OUTCOMES: readonly Series[] = [
  { label: text.overview.succeeded, color: '--c-ok' },
  { label: text.overview.retried, color: '--c-warn' },
  { label: text.overview.failed, color: '--c-err' },
];
const TIMES: readonly Series[] = [
  { label: 'p50', color: '--s2' },
  { label: 'p95', color: '--s1' },
];
const WINDOW_OPTIONS = WINDOWS.map((window) => [window, text.overview.windows[window]] as const);

export default function OverviewPage() {
  const [{ t }, setView] = useView((search) => ({ t: windowOf(search['t']) }));
  const { ticks } = useLive(statsChannel);
  const overview = useMemo(() => overviewOf(ticks, t), [ticks, t]);
  const attention = useAttention(useMemo(() => within(ticks, t), [ticks, t]));
  const stale = useStaleness() > 0;
  return (
    <div className="page">
      <Head attention={attention} window={t} onWindow={(window) => setView({ t: window })} />
      <Tiles overview={overview} window={t} known={ticks.length > 0} stale={stale} />
      <div className={css.two}>
        <StreamsCard streams={overview.streams} stale={stale} />
        <AttentionCard items={attention} />
      </div>
      <div className={css.three}>
        <OutcomesCard overview={overview} stale={stale} />
        <TimeCard overview={overview} stale={stale} />
        <LagCard lag={overview.lagBy} stale={stale} />
      </div>
      <div className={css.two}>
        <ActivationsCard stale={stale} />
        <LatestCard stale={stale} />
      </div>
    </div>
  );
}

/** On their way to running. */
const COMING = new Set(['pending', 'starting']);

interface HealthProps {
  attention: readonly Attention[];
  running: number;
  waiting: number;
}

/** The one thing to know first: what is broken, else what waits for somebody, else that all is well. */
function Health({ attention, running, waiting }: HealthProps) {
  const words = text.overview;
  const troubled = attention.filter((one) => one.kind === 'activation').length;
  if (troubled > 0) return <Status state="failed" label={words.unhealthy(troubled)} />;
  if (attention.length > 0) return <Status state="lost" label={words.waitsForYou(attention.length)} />;
  if (waiting > 0) return <Status state="pending" label={words.starting(waiting)} />;
  if (running > 0) return <Status state="running" label={words.healthy} />;
  return <Status state="stopped" label={words.idle} />;
}

interface HeadProps {
  attention: readonly Attention[];
  window: Window;
  onWindow(window: Window): void;
}

function Head({ attention, window, onWindow }: HeadProps) {
  const activations = useQuery(activationsQuery()).data?.results ?? [];
  const newest = useLive(decisionsChannel)[0];
  const relaxed = useQuery(statusQuery()).data?.durability === 'relaxed';
  const running = activations.filter((one) => one.status === 'running').length;
  const waiting = activations.filter((one) => one.is_enabled && COMING.has(one.status)).length;
  return (
    <div className={css.head}>
      <Health attention={attention} running={running} waiting={waiting} />
      {relaxed && (
        <span title={text.overview.relaxedHint}>
          <Status state="lost" label={text.overview.relaxed} />
        </span>
      )}
      <span className={css.line}>
        {text.overview.running(running, activations.length)} ·{' '}
        {newest ? (
          <>
            {text.overview.lastDecision} <bdi>{visible(newest.rule)}</bdi>, <Ago at={newest.committed_at} />
          </>
        ) : (
          text.overview.noDecision
        )}
      </span>
      <Segmented label={text.overview.window} value={window} options={WINDOW_OPTIONS} onChange={onWindow} />
    </div>
  );
}

function StreamsCard({ streams, stale }: { streams: Overview['streams']; stale: boolean }) {
  return (
    <Card
      title={text.overview.byStream}
      sub={text.overview.byStreamSub}
      stale={stale}
      right={<Legend series={streams.series} values={streams.now.map(rate)} />}
    >
      <Chart
        label={text.overview.byStreamChart}
        unit={text.overview.byStreamUnit}
        kind="area"
        data={streams.data}
        series={streams.series}
        height={252}
        format={rate}
      />
    </Card>
  );
}

function OutcomesCard({ overview, stale }: { overview: Overview; stale: boolean }) {
  return (
    <Card
      title={text.overview.outcomes}
      sub={text.overview.outcomesSub(overview.barSeconds)}
      stale={stale}
      right={<Legend series={OUTCOMES} />}
    >
      <Chart
        label={text.overview.outcomes}
        unit={text.overview.outcomesUnit}
        kind="bars"
        data={overview.outcomes}
        series={OUTCOMES}
        height={168}
        format={integer}
      />
    </Card>
  );
}

function TimeCard({ overview, stale }: { overview: Overview; stale: boolean }) {
  return (
    <Card title={text.overview.time} sub={text.overview.ms} stale={stale} right={<Legend series={TIMES} />}>
      <Chart
        label={text.overview.timeChart}
        unit={text.overview.timeUnit}
        kind="lines"
        data={overview.time}
        series={TIMES}
        height={168}
        format={decimal}
      />
    </Card>
  );
}

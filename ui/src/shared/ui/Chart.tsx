import 'uplot/dist/uPlot.min.css';
import { useComputedColorScheme } from '@mantine/core';
import { useEffect, useEffectEvent, useRef, useState } from 'react';
import uPlot from 'uplot';
import { visible } from '@/shared/format/harmless';
import { clock } from '@/shared/format/time';
import { axisMark, stack, type ChartData, type ChartKind, type Points, type Series } from './chartModel';
import css from './Chart.module.css';

interface Props {
  /** What a reader who does not see the chart needs to know first. */
  label: string;
  unit: string;
  kind: ChartKind;
  data: ChartData;
  series: readonly Series[];
  height: number;
  format(value: number): string;
}

const FONT = '11px Inter Variable';
/** Charts of one page share their crosshair. */
const SYNC = 'page';

/** A live time series. The canvas is changed in place: React draws nothing when only the figures change. */
export function Chart({ label, unit, kind, data, series, height, format }: Props) {
  const host = useRef<HTMLDivElement>(null);
  const plot = useRef<uPlot | null>(null);
  const scheme = useComputedColorScheme('dark');
  const [tip, setTip] = useState<{ left: number; index: number } | null>(null);
  const names = series.map((one) => one.label).join(' ');
  const draw = useEffectEvent((element: HTMLDivElement) => {
    const options = optionsOf(kind, series, element.clientWidth, height, (at) => setTip(at));
    return new uPlot(options, drawn(kind, data), element);
  });

  // Outside system: the canvas. It is built anew only when its look changes.
  useEffect(() => {
    const element = host.current;
    if (!element) return;
    const chart = draw(element);
    plot.current = chart;
    const observer = new ResizeObserver(() => chart.setSize({ width: element.clientWidth, height }));
    observer.observe(element);
    return () => {
      observer.disconnect();
      chart.destroy();
      plot.current = null;
    };
  }, [scheme, height, kind, names]);

  // Outside system: the canvas again, with new figures; a hidden tab draws nothing.
  useEffect(() => {
    if (!document.hidden) plot.current?.setData(drawn(kind, data));
  }, [kind, data, names]);

  const [times, ...values] = data;
  const last = times.length - 1;
  const now = series.map((one, i) => `${one.label} ${format(values[i]?.[last] ?? 0)}`).join(', ');
  return (
    <div className={css.plot}>
      <div ref={host} role="img" aria-label={`${label}. ${now || 'Nothing yet'} ${unit}.`} />
      {tip && <Tip {...tip} times={times} values={values} series={series} format={format} />}
    </div>
  );
}

interface TipProps {
  left: number;
  index: number;
  times: Points;
  values: readonly Points[];
  series: readonly Series[];
  format(value: number): string;
}

function Tip({ left, index, times, values, series, format }: TipProps) {
  const time = times[index];
  if (time === null || time === undefined) return null;
  // Beside the pointer, on the side with room.
  const side = index > times.length / 2 ? { left: Math.max(4, left - 150) } : { left: left + 58 };
  return (
    <div className={css.tip} style={side}>
      <div className="dimmer">{clock(time * 1000)}</div>
      {series.map((one, i) => (
        <div key={one.label}>
          <span>
            <i style={{ background: `var(${one.color})` }} />
            <bdi>{visible(one.label)}</bdi>
          </span>
          <b className="num">{format(values[i]?.[index] ?? 0)}</b>
        </div>
      ))}
    </div>
  );
}

export function Legend({ series, values }: { series: readonly Series[]; values?: readonly string[] }) {
  return (
    <div className={css.legend}>
      {series.map((one, i) => (
        <span key={one.label}>
          <i style={{ background: `var(${one.color})` }} />
          <bdi className="ell">{visible(one.label)}</bdi>
          {values?.[i] !== undefined && <b>{values[i]}</b>}
        </span>
      ))}
    </div>
  );
}

/** A line under a figure; decoration only. */
export function Spark({ values, color }: { values: readonly number[]; color: string }) {
  const canvas = useRef<HTMLCanvasElement>(null);
  const scheme = useComputedColorScheme('dark');
  // Outside system: the canvas.
  useEffect(() => {
    if (canvas.current) drawSpark(canvas.current, values, cssColor(color));
  }, [values, color, scheme]);
  return <canvas ref={canvas} className={css.spark} aria-hidden />;
}

function drawn(kind: ChartKind, data: ChartData): uPlot.AlignedData {
  const shown = kind === 'lines' ? data : stack(data);
  // The largest sum is drawn first, so that every part stays visible.
  const ordered = kind === 'bars' ? [shown[0], ...shown.slice(1).reverse()] : shown;
  return ordered as unknown as uPlot.AlignedData;
}

function optionsOf(
  kind: ChartKind,
  series: readonly Series[],
  width: number,
  height: number,
  onPoint: (at: { left: number; index: number } | null) => void,
): uPlot.Options {
  const mark = cssColor('--text-3');
  const lines = series.map((one) => seriesOf(kind, one));
  const axis = { stroke: mark, ticks: { show: false }, font: FONT };
  return {
    width,
    height,
    padding: [8, 18, 0, 0],
    legend: { show: false },
    cursor: { sync: { key: SYNC }, points: { show: false }, y: false, drag: { x: false, y: false } },
    scales: {
      x: { time: true, range: kind === 'bars' ? roomForBars : roomForTime },
      y: { range: (_plot, _min, max) => [0, Math.max(kind === 'bars' ? 4 : 1, (max ?? 0) * 1.12)] },
    },
    axes: [
      {
        ...axis,
        grid: { show: false },
        size: 22,
        space: 64,
        values: (_plot, times, _a, _b, step) =>
          times.map((time) => (step < 60 ? clock(time * 1000) : clock(time * 1000).slice(0, 5))),
      },
      {
        ...axis,
        grid: { stroke: cssColor('--grid'), width: 1 },
        size: 44,
        space: 34,
        values: (_plot, values) => values.map(axisMark),
      },
    ],
    series: [{}, ...(kind === 'bars' ? lines.reverse() : lines)],
    ...(kind === 'area' && {
      bands: series.slice(1).map((_one, i) => ({ series: [i + 2, i + 1] as [number, number] })),
    }),
    hooks: {
      setCursor: [
        (plot) => {
          const { idx, left } = plot.cursor;
          const here = plot.root.matches(':hover') && left !== undefined && left >= 0;
          onPoint(here && idx !== null && idx !== undefined ? { left, index: idx } : null);
        },
      ],
    },
  };
}

/** Less than this is no time line: the marks below it would all be the same second. */
const SHORTEST_SECONDS = 60;

/** Nothing yet is drawn as an empty minute, so that the axes stand where they will stay. */
function roomForTime(_plot: uPlot, min: number | null, max: number | null): [number, number] {
  const end = max ?? Math.floor(Date.now() / 1000);
  return [Math.min(min ?? end, end - SHORTEST_SECONDS), end];
}

/** Half a bar more at both ends, or the outermost ones would be cut. */
function roomForBars(plot: uPlot, first: number | null, last: number | null): [number, number] {
  const [min, max] = roomForTime(plot, first, last);
  const times = plot.data[0];
  const step = times.length > 1 ? ((times.at(-1) ?? max) - (times[0] ?? min)) / (times.length - 1) : 1;
  return [min - step / 2, max + step / 2];
}

function seriesOf(kind: ChartKind, one: Series): uPlot.Series {
  const color = cssColor(one.color);
  const common = { label: one.label, stroke: color, points: { show: false } };
  if (kind === 'bars') {
    const paths = uPlot.paths.bars?.({ size: [0.72, 14], gap: 1 });
    return { ...common, width: 0, fill: color, ...(paths && { paths }) };
  }
  return { ...common, width: 1.6, ...(kind === 'area' && { fill: translucent(color, 0.24) }) };
}

function drawSpark(canvas: HTMLCanvasElement, values: readonly number[], color: string): void {
  const { clientWidth: width, clientHeight: height } = canvas;
  const pen = canvas.getContext('2d');
  if (!width || !pen) return;
  const scale = devicePixelRatio || 1;
  canvas.width = width * scale;
  canvas.height = height * scale;
  pen.setTransform(scale, 0, 0, scale, 0, 0);
  pen.clearRect(0, 0, width, height);
  if (values.length < 2) return;
  const low = Math.min(...values);
  const span = Math.max(...values) - low || 1;
  pen.beginPath();
  values.forEach((value, i) => {
    const x = (i / (values.length - 1)) * width;
    const y = height - 3 - ((value - low) / span) * (height - 7);
    if (i) pen.lineTo(x, y);
    else pen.moveTo(x, y);
  });
  pen.strokeStyle = color;
  pen.lineWidth = 1.5;
  pen.lineJoin = 'round';
  pen.stroke();
  pen.lineTo(width, height);
  pen.lineTo(0, height);
  pen.closePath();
  const fill = pen.createLinearGradient(0, 0, 0, height);
  fill.addColorStop(0, translucent(color, 0.22));
  fill.addColorStop(1, translucent(color, 0));
  pen.fillStyle = fill;
  pen.fill();
}

function cssColor(name: string): string {
  return getComputedStyle(document.documentElement).getPropertyValue(name).trim() || '#888888';
}

function translucent(hex: string, alpha: number): string {
  return (
    hex +
    Math.round(alpha * 255)
      .toString(16)
      .padStart(2, '0')
  );
}

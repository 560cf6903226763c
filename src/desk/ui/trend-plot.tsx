// A line through dated values with the reference range as a band. A picture beside a table, never instead of it.
import { type ReactElement, useEffect, useRef } from 'react';
import type uPlot from 'uplot';
import 'uplot/dist/uPlot.min.css';

export interface PlotPoint {
  readonly at: number;
  readonly value: number;
}

export function TrendPlot({
  points,
  low,
  high,
  label,
  height = 220,
}: {
  readonly points: readonly PlotPoint[];
  readonly low: number | null;
  readonly high: number | null;
  readonly label: string;
  readonly height?: number;
}): ReactElement {
  const frame = useRef<HTMLDivElement>(null);
  useEffect(() => {
    const element = frame.current;
    if (element === null || points.length === 0) return undefined;
    let plot: uPlot | undefined;
    let gone = false;
    const observer = new ResizeObserver(() => plot?.setSize({ width: element.clientWidth, height }));
    void import('uplot').then(({ default: UPlot }) => {
      if (gone) return;
      const look = getComputedStyle(element);
      const colour = (name: string): string => look.getPropertyValue(name).trim();
      const values = points.map((point) => point.value);
      const times = points.map((point) => point.at / 1000);
      const top = Math.max(...values, high ?? Number.NEGATIVE_INFINITY);
      const bottom = Math.min(...values, low ?? Number.POSITIVE_INFINITY);
      const pad = (top - bottom || Math.abs(top) || 1) * 0.1;
      const axis = {
        stroke: colour('--n-muted'),
        grid: { stroke: colour('--n-line'), width: 1 },
        ticks: { stroke: colour('--n-line') },
        font: '12px "Noto Sans"',
      };
      plot = new UPlot(
        {
          width: element.clientWidth,
          height,
          legend: { show: false },
          cursor: { show: false },
          padding: [10, 14, 0, 0],
          scales: {
            x: { time: true, range: timeRange(times) },
            y: { range: [Math.min(0, bottom) === 0 ? 0 : bottom - pad, top + pad] },
          },
          axes: [
            {
              ...axis,
              space: 110,
              values: (_plot, ticks) => ticks.map((tick) => dayTime(tick * 1000, (ticks[1] ?? tick) - (ticks[0] ?? tick) < DAY_SECONDS)),
            },
            { ...axis, size: 52 },
          ],
          series: [
            {},
            {
              stroke: colour('--n-ink'),
              width: 2,
              points: { show: true, size: 8, fill: colour('--n-surface'), stroke: colour('--n-ink'), width: 2 },
            },
          ],
          hooks: { drawClear: [(self) => band(self, low, high, colour('--n-ok-ground'), colour('--n-ok'))] },
        },
        [times, values],
        element,
      );
      observer.observe(element);
    });
    return () => {
      gone = true;
      observer.disconnect();
      plot?.destroy();
    };
  }, [points, low, high, height]);
  return <div ref={frame} role="img" aria-label={label} style={{ minHeight: height, width: '100%' }} />;
}

const DAY_SECONDS = 86_400;

/**
 * First and last second of the axis: a little more than the values, so that no point sits on its edge; a day around a single one,
 * which the plot would else put before 1,000 days of nothing.
 */
export function timeRange(times: readonly number[]): [number, number] {
  const first = Math.min(...times);
  const last = Math.max(...times);
  const room = last > first ? (last - first) * 0.03 : DAY_SECONDS / 2;
  return [first - room, last + room];
}

const DAY = new Intl.DateTimeFormat('en-IN-u-nu-latn', { day: '2-digit', month: 'short', timeZone: 'Asia/Kolkata' });
const DAY_TIME = new Intl.DateTimeFormat('en-IN-u-nu-latn', {
  day: '2-digit',
  month: 'short',
  hour: '2-digit',
  minute: '2-digit',
  hourCycle: 'h23',
  timeZone: 'Asia/Kolkata',
});
function dayTime(at: number, withTime: boolean): string {
  return (withTime ? DAY_TIME : DAY).format(at);
}

function band(plot: uPlot, low: number | null, high: number | null, fill: string, line: string): void {
  const { ctx, bbox } = plot;
  const { min, max } = plot.scales['y'] ?? {};
  if (min === undefined || max === undefined || min === null || max === null || (low === null && high === null)) return;
  const top = plot.valToPos(Math.min(high ?? max, max), 'y', true);
  const bottom = plot.valToPos(Math.max(low ?? min, min), 'y', true);
  ctx.save();
  ctx.fillStyle = fill;
  ctx.fillRect(bbox.left, top, bbox.width, bottom - top);
  ctx.strokeStyle = line;
  ctx.setLineDash([4, 4]);
  for (const edge of [low, high]) {
    if (edge === null) continue;
    const y = plot.valToPos(edge, 'y', true);
    ctx.beginPath();
    ctx.moveTo(bbox.left, y);
    ctx.lineTo(bbox.left + bbox.width, y);
    ctx.stroke();
  }
  ctx.restore();
}

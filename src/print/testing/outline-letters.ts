// Letters drawn from the outlines of our fonts, for tests without a browser: shaped by fontkit, filled by the non-zero rule.
import { type Bitmap, bitmapOf } from '../bitmap.ts';
import type { Letters } from '../draw-text.ts';
import { type FontName, scriptRuns } from '../script-runs.ts';

interface PathCommand {
  readonly command: string;
  readonly args: readonly number[];
}

/** What of fontkit's fonts is used here. Units of the font, y upwards. */
export interface OutlineFont {
  readonly unitsPerEm: number;
  layout(text: string): {
    readonly glyphs: readonly { readonly id: number; readonly path: { readonly commands: readonly PathCommand[] } }[];
    readonly positions: readonly { readonly xAdvance: number; readonly xOffset: number; readonly yOffset: number }[];
  };
}

interface Edge {
  readonly x0: number;
  readonly y0: number;
  readonly x1: number;
  readonly y1: number;
}

/** Straight pieces for a curve, and samples for a dot and side: finer than any dot of a label printer. */
const PIECES = 8;
const SAMPLES = 4;

export function outlineLetters(fonts: Readonly<Record<FontName, OutlineFont>>): Letters {
  return {
    draw(text, sizeDots) {
      const edges: Edge[] = [];
      let x = sizeDots;
      for (const run of scriptRuns(text)) {
        const font = fonts[run.font];
        const scale = sizeDots / font.unitsPerEm;
        const { glyphs, positions } = font.layout(run.text);
        glyphs.forEach((glyph, i) => {
          const at = positions[i] ?? { xAdvance: 0, xOffset: 0, yOffset: 0 };
          if (glyph.id === 0) throw new Error(`the font has no letter for a part of ${run.text}`);
          edges.push(...edgesOf(glyph.path.commands, scale, x + at.xOffset * scale, sizeDots * 1.5 - at.yOffset * scale));
          x += at.xAdvance * scale;
        });
      }
      return filledBy(edges, Math.ceil(x + sizeDots), Math.ceil(sizeDots * 2.5));
    },
  };
}

function edgesOf(commands: readonly PathCommand[], scale: number, left: number, baseline: number): readonly Edge[] {
  const edges: Edge[] = [];
  let start: readonly [number, number] = [0, 0];
  let at = start;
  const lineTo = (x: number, y: number): void => {
    if (y !== at[1]) edges.push({ x0: at[0], y0: at[1], x1: x, y1: y });
    at = [x, y];
  };
  for (const { command, args } of commands) {
    const points: (readonly [number, number])[] = [];
    for (let i = 0; i + 1 < args.length; i += 2) points.push([left + (args[i] ?? 0) * scale, baseline - (args[i + 1] ?? 0) * scale]);
    const last = points.at(-1) ?? start;
    if (command === 'moveTo') at = start = last;
    else if (command === 'closePath') lineTo(...start);
    else {
      const from = at;
      const steps = points.length === 1 ? 1 : PIECES;
      for (let step = 1; step <= steps; step += 1) lineTo(...between([from, ...points], step / steps));
    }
  }
  return edges;
}

/** De Casteljau: a line, a quadratic or a cubic curve alike. */
function between(points: readonly (readonly [number, number])[], t: number): readonly [number, number] {
  const [only] = points;
  if (only === undefined) return [0, 0];
  if (points.length === 1) return only;
  return between(
    points.slice(1).map(([x, y], i) => {
      const [fromX, fromY] = points[i] ?? [x, y];
      return [fromX + (x - fromX) * t, fromY + (y - fromY) * t] as const;
    }),
    t,
  );
}

function filledBy(edges: readonly Edge[], width: number, height: number): Bitmap {
  const ink = new Uint8Array(width * height);
  for (let row = 0; row < height * SAMPLES; row += 1) {
    const y = (row + 0.5) / SAMPLES;
    const crossings = edges
      .filter((edge) => Math.min(edge.y0, edge.y1) <= y && y < Math.max(edge.y0, edge.y1))
      .map((edge) => ({ x: edge.x0 + ((y - edge.y0) * (edge.x1 - edge.x0)) / (edge.y1 - edge.y0), turn: edge.y1 > edge.y0 ? 1 : -1 }))
      .toSorted((a, b) => a.x - b.x);
    let winding = 0;
    crossings.forEach((crossing, i) => {
      winding += crossing.turn;
      const until = crossings[i + 1]?.x ?? crossing.x;
      if (winding === 0) return;
      for (let sample = Math.ceil(crossing.x * SAMPLES - 0.5); (sample + 0.5) / SAMPLES < until; sample += 1)
        ink[((row / SAMPLES) | 0) * width + ((sample / SAMPLES) | 0)]! += 1; // inside the picture
    });
  }
  return bitmapOf(width, height, (x, y) => (ink[y * width + x] ?? 0) * 2 > SAMPLES * SAMPLES);
}

// Draws the SVG of a code into dots without a browser: just what code-image.ts writes, so that tests can read the codes back.

export interface Raster {
  readonly width: number;
  readonly height: number;
  /** RGBA. */
  readonly data: Uint8ClampedArray;
}

interface Shape {
  black(x: number, y: number): boolean;
}

/** @param dots dots for each unit of the viewBox; a QR module is 2 units, the narrowest bar 1 */
export function rasterise(svg: string, dots: number): Raster {
  const box = /viewBox="(-?\d+(?:\.\d+)?) (-?\d+(?:\.\d+)?) (\d+(?:\.\d+)?) (\d+(?:\.\d+)?)"/.exec(svg);
  if (box === null) throw new Error('no viewBox');
  const [left = 0, top = 0, boxWidth = 0, boxHeight = 0] = box.slice(1).map(Number);
  const stretch = Number(/scale\(1 ([\d.]+)\)/.exec(svg)?.[1] ?? 1);
  const shapes = Array.from(svg.matchAll(/<path ([^>]*)\/>/g), ([, attributes = '']) => shapeOf(attributes));
  if (shapes.length === 0) throw new Error('nothing is drawn');
  const width = Math.round(boxWidth * dots);
  const height = Math.round(boxHeight * dots);
  const data = new Uint8ClampedArray(width * height * 4).fill(255);
  for (let y = 0; y < height; y += 1) {
    for (let x = 0; x < width; x += 1) {
      const atX = left + (x + 0.5) / dots;
      const atY = (top + (y + 0.5) / dots) / stretch;
      if (shapes.some((shape) => shape.black(atX, atY))) data.fill(0, (y * width + x) * 4, (y * width + x) * 4 + 3);
    }
  }
  return { width, height, data };
}

function shapeOf(attributes: string): Shape {
  const path = / ?d="([^"]*)"/.exec(attributes)?.[1] ?? '';
  const stroke = Number(/stroke-width="([\d.]+)"/.exec(attributes)?.[1] ?? 0);
  return stroke > 0 ? bars(path, stroke) : polygons(path);
}

function bars(path: string, widthUnits: number): Shape {
  const lines = Array.from(path.matchAll(/M([\d.]+) ([\d.]+)L[\d.]+ ([\d.]+)/g), ([, x, from, to]) => ({
    x: Number(x),
    from: Number(from),
    to: Number(to),
  }));
  return {
    black: (x, y) =>
      lines.some((line) => Math.abs(x - line.x) < widthUnits / 2 && y > Math.min(line.from, line.to) && y < Math.max(line.from, line.to)),
  };
}

/** Outlines at right angles, holes included: inside is an odd number of vertical edges to the left. */
function polygons(path: string): Shape {
  const edges: { readonly x: number; readonly from: number; readonly to: number }[] = [];
  for (const outline of path.split('Z')) {
    const points = Array.from(outline.matchAll(/[ML]([\d.]+) ([\d.]+)/g), ([, x, y]) => ({ x: Number(x), y: Number(y) }));
    points.forEach((point, index) => {
      const next = points[(index + 1) % points.length] ?? point;
      if (point.x === next.x) edges.push({ x: point.x, from: Math.min(point.y, next.y), to: Math.max(point.y, next.y) });
    });
  }
  const rows = new Map<number, readonly number[]>();
  const crossings = (y: number): readonly number[] => {
    const known = rows.get(y);
    if (known !== undefined) return known;
    const found = edges.filter((edge) => y > edge.from && y < edge.to).map((edge) => edge.x);
    rows.set(y, found);
    return found;
  };
  return { black: (x, y) => crossings(y).filter((edge) => edge < x).length % 2 === 1 };
}

// Numbers about this process for Prometheus. Labels are fixed words and counts, never anything of a patient.
import { collectDefaultMetrics, Counter, Gauge, Histogram, Registry } from 'prom-client';

export interface Metrics {
  /** Prometheus text format 0.0.4. */
  text(): Promise<string>;
  /** One request. @param route a pattern such as `/api/v1/commands/:name`, never the path as it came: paths would be labels without end */
  observeRequest(route: string, method: string, status: number, seconds: number): void;
  /** A number that is asked for whenever somebody reads the metrics. */
  gauge(name: string, help: string, read: () => number): void;
  /** A number that only grows. */
  counter(name: string, help: string): { add(by?: number): void };
  histogram(name: string, help: string, bucketsSeconds?: readonly number[]): { observe(seconds: number): void };
}

/** From a look-up in memory to a desk's patience. */
const BUCKETS_SECONDS = [0.0005, 0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2, 5];

/** @param node the node's own name, a label on everything */
export function createMetrics(node: string): Metrics {
  const registry = new Registry();
  registry.setDefaultLabels({ node });
  collectDefaultMetrics({ register: registry });
  const registers = [registry];
  const requests = new Histogram({
    name: 'nirantar_http_request_seconds',
    help: 'Time to answer a request, by route, method and first digit of the status',
    labelNames: ['route', 'method', 'status'],
    buckets: BUCKETS_SECONDS,
    registers,
  });
  return {
    text: () => registry.metrics(),
    observeRequest: (route, method, status, seconds) =>
      requests.observe({ route, method, status: `${Math.trunc(status / 100)}xx` }, seconds),
    gauge: (name, help, read) => {
      new Gauge({
        name,
        help,
        registers,
        collect() {
          this.set(read());
        },
      });
    },
    counter: (name, help) => {
      const counter = new Counter({ name, help, registers });
      return { add: (by = 1) => counter.inc(by) };
    },
    histogram: (name, help, bucketsSeconds = BUCKETS_SECONDS) => {
      const histogram = new Histogram({ name, help, buckets: [...bucketsSeconds], registers });
      return { observe: (seconds) => histogram.observe(seconds) };
    },
  };
}

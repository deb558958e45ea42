import type { Trace } from '@vitrine/contracts/trace'
import { z } from 'zod'
import type { Log } from './log.ts'
import { SAMPLERS, samplerOf } from './sampler.rules.ts'
import type { Span } from './span.ts'
import { sampleWith } from './steps.ts'

/** OpenTelemetry's own names (https://opentelemetry.io/docs/specs/otel/configuration/sdk-environment-variables/). */
export const TracingEnv = z.object({
  /** Where traces go, as `http://collector:4318`. Unset: ids travel, spans are not kept. */
  OTEL_EXPORTER_OTLP_ENDPOINT: z.url({ protocol: /^https?$/ }).optional(),
  /** Which traces are kept; by default those the caller keeps, and every one that begins here. */
  OTEL_TRACES_SAMPLER: z.enum(SAMPLERS).default('parentbased_always_on'),
  /** The share a `traceidratio` sampler keeps. */
  OTEL_TRACES_SAMPLER_ARG: z.coerce.number().min(0).max(1).default(1),
  /** Milliseconds until a batch that is not full is sent. */
  OTEL_BSP_SCHEDULE_DELAY: z.coerce.number().int().positive().default(5000),
})
export type TracingEnv = z.infer<typeof TracingEnv>

interface Exporter {
  record(span: Span): void
  stop(): Promise<void>
}

let exporter: Exporter | null = null

/** Hands a finished step to the exporter. It is described only when somebody collects it: most of its cost is that. */
export function record(trace: Trace, describe: () => Omit<Span, 'trace'>): void {
  if (exporter && trace.isSampled) exporter.record({ ...describe(), trace })
}

/** Begins to send spans to an OpenTelemetry collector, if one is named. The libraries for it are loaded only here. */
export async function startTracing(service: string, env: TracingEnv, log: Log): Promise<void> {
  const endpoint = env.OTEL_EXPORTER_OTLP_ENDPOINT
  if (!endpoint) return
  const { createOtlpExporter } = await import('./tracing.otlp.ts')
  sampleWith(samplerOf(env.OTEL_TRACES_SAMPLER, env.OTEL_TRACES_SAMPLER_ARG))
  exporter = createOtlpExporter({ service, endpoint, delayMs: env.OTEL_BSP_SCHEDULE_DELAY, log })
}

/** Sends what is left. */
export async function stopTracing(): Promise<void> {
  await exporter?.stop()
  exporter = null
}

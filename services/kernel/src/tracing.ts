import type { Log } from './log.ts'
import type { Span } from './span.ts'

interface Exporter {
  record(span: Span): void
  stop(): Promise<void>
}

let exporter: Exporter | null = null

/** Hands a finished span to the exporter; does nothing while no endpoint is set. */
export function recordSpan(span: Span): void {
  if (exporter && span.trace.isSampled) exporter.record(span)
}

export const isTracing = (): boolean => exporter !== null

/** Begins to send spans to an OpenTelemetry collector. The libraries for it are loaded only here. */
export async function startTracing(options: { service: string; endpoint: string; log: Log }): Promise<void> {
  const { createOtlpExporter } = await import('./tracing.otlp.ts')
  exporter = createOtlpExporter(options)
}

/** Sends what is left. */
export async function stopTracing(): Promise<void> {
  await exporter?.stop()
  exporter = null
}

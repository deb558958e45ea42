import { SpanKind, SpanStatusCode, TraceFlags } from '@opentelemetry/api'
import { OTLPTraceExporter } from '@opentelemetry/exporter-trace-otlp-http'
import { resourceFromAttributes } from '@opentelemetry/resources'
import { BatchSpanProcessor, type ReadableSpan } from '@opentelemetry/sdk-trace'
import type { Log } from './log.ts'
import type { Span } from './span.ts'

const KINDS = { server: SpanKind.SERVER, client: SpanKind.CLIENT, consumer: SpanKind.CONSUMER }

/** OpenTelemetry's time: whole seconds and nanoseconds. */
const hrTime = (ms: number): [number, number] => [Math.trunc(ms / 1000), Math.round((ms % 1000) * 1_000_000)]

interface OtlpOptions {
  service: string
  endpoint: string
  /** Until a batch that is not full is sent: rarely, because each costs a request. */
  delayMs: number
  log: Log
}

/** Spans in batches to `<endpoint>/v1/traces` by OTLP over HTTP. The ids are ours: they travelled in `traceparent`. */
export function createOtlpExporter({ service, endpoint, delayMs, log }: OtlpOptions) {
  const url = `${endpoint.replace(/\/$/, '')}/v1/traces`
  const processor = new BatchSpanProcessor({
    exporter: new OTLPTraceExporter({ url, timeoutMillis: 5000 }),
    scheduledDelayMillis: delayMs,
    maxQueueSize: 4096,
  })
  const resource = resourceFromAttributes({ 'service.name': service, 'service.namespace': 'vitrine' })
  log.info({ url }, 'traces are exported')

  function toReadable(span: Span): ReadableSpan {
    const { traceId, spanId, parentId } = span.trace
    const traceFlags = TraceFlags.SAMPLED
    return {
      name: span.name,
      kind: KINDS[span.kind],
      spanContext: () => ({ traceId, spanId, traceFlags }),
      ...(parentId ? { parentSpanContext: { traceId, spanId: parentId, traceFlags, isRemote: true } } : {}),
      startTime: hrTime(span.startMs),
      endTime: hrTime(span.endMs),
      duration: hrTime(span.endMs - span.startMs),
      status: { code: span.isError ? SpanStatusCode.ERROR : SpanStatusCode.UNSET },
      attributes: span.attributes,
      links: [],
      events: [],
      ended: true,
      resource,
      instrumentationScope: { name: 'vitrine' },
      droppedAttributesCount: 0,
      droppedEventsCount: 0,
      droppedLinksCount: 0,
    }
  }

  return {
    record: (span: Span) => processor.onEnd(toReadable(span)),
    stop: () => processor.shutdown(),
  }
}

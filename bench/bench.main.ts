import { parseArgs } from 'node:util'
import { measureSpans } from './spans.ts'
import { measureThroughput } from './throughput.ts'

const { values } = parseArgs({
  options: {
    seconds: { type: 'string' },
    rounds: { type: 'string' },
    /** What exporting spans costs, instead of what the shop does per second. */
    otel: { type: 'boolean', default: false },
  },
})
if (values.otel) await measureSpans(Number(values.seconds ?? 1.5), Number(values.rounds ?? 6))
else await measureThroughput(Number(values.seconds ?? 3), Number(values.rounds ?? 5))

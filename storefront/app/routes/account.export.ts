import type { LoaderFunctionArgs } from '@remix-run/node'
import { PersonalData } from '@vitrine/contracts/personal-data'
import { answering } from '#app/server/answer.server.ts'
import { api } from '#app/server/api.server.ts'

/** Everything kept about the person who asks, as a file. */
export const loader = answering(async ({ request }: LoaderFunctionArgs) => {
  const kept = await api(request).get(PersonalData, '/api/auth/export', { deadlineMs: 15_000 })
  return new Response(JSON.stringify(kept, null, 2), {
    headers: {
      'Content-Type': 'application/json; charset=utf-8',
      'Content-Disposition': `attachment; filename="vitrine-${kept.exportedAt.slice(0, 10)}.json"`,
      'Cache-Control': 'no-store',
    },
  })
})

import type { LoaderFunctionArgs } from '@remix-run/node'
import { problem } from '#app/server/answer.server.ts'

export const loader = ({ request }: LoaderFunctionArgs) => problem(request, 404, 'not_found', 'There is no such page.')
export const action = loader

export default function Missing() {
  return null
}

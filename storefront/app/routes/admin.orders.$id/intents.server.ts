import { CancelInput, NoteInput, Order, ShipInput } from '@vitrine/contracts/orders'
import { api } from '#app/server/api.server.ts'
import { parseForm, type Refusal, refusal } from '#app/server/form.server.ts'

interface Step {
  request: Request
  form: FormData
  id: string
}
type Intent = (step: Step) => Promise<Refusal | null>

const pathOf = ({ id }: Step, rest = '') => `/api/orders/${encodeURIComponent(id)}${rest}`

const ship: Intent = async (step) => {
  const parsed = parseForm(step.form, ShipInput, ({ carrier, tracking }) => ({ carrier, tracking }))
  if (!parsed.ok) return parsed.refusal
  await api(step.request).post(Order, pathOf(step, '/ship'), parsed.data)
  return null
}

const deliver: Intent = async (step) => {
  await api(step.request).post(Order, pathOf(step, '/deliver'), {})
  return null
}

const cancel: Intent = async (step) => {
  const parsed = parseForm(step.form, CancelInput, ({ reason }) => (reason ? { reason } : {}))
  if (!parsed.ok) return parsed.refusal
  await api(step.request).post(Order, pathOf(step, '/cancel'), parsed.data)
  return null
}

const note: Intent = async (step) => {
  const parsed = parseForm(step.form, NoteInput, ({ text }) => ({ text }))
  if (!parsed.ok) return refusal(step.form, 'Write the note first.')
  await api(step.request).post(Order, pathOf(step, '/notes'), parsed.data)
  return null
}

/** Everything the order page can do. Each answers a refusal, or null when it is done. */
export const INTENTS: Record<string, Intent> = { ship, deliver, cancel, note }

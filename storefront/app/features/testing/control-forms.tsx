import { Form } from '@remix-run/react'
import type { SandboxDelivery, SandboxState } from '@vitrine/contracts/sandbox'
import type { ReactNode } from 'react'
import { CLOCKS, FAULTS, ILLNESSES, PARTS, SPANS, SPOILED } from '#app/features/testing/controls.ts'
import { Badge, type BadgeTone } from '#app/ui/badge.tsx'
import { buttonClass } from '#app/ui/button.tsx'
import { CheckField, SelectField, TextField } from '#app/ui/field.tsx'

interface BoxProps {
  control: string
  title: string
  action: string
  children?: ReactNode
}

function ControlBox({ control, title, action, children }: BoxProps) {
  return (
    <Form
      className="box has-fields stack"
      method="post"
      action="/testing#controls"
      aria-labelledby={`control-${control}`}
    >
      <h3 id={`control-${control}`}>{title}</h3>
      <input type="hidden" name="control" value={control} />
      {children}
      <p>
        <button className={buttonClass({ size: 'small' })} type="submit">
          {action}
        </button>
      </p>
    </Form>
  )
}

const optionsOf = (labels: Record<string, string>) =>
  Object.entries(labels).map(([value, label]) => (
    <option key={value} value={value}>
      {label}
    </option>
  ))

function WebhookForm({ webhooks }: Pick<SandboxState, 'webhooks'>) {
  const digits = { inputMode: 'numeric', isOptional: true } as const
  return (
    <ControlBox control="webhooks" title="Webhooks" action="Set webhooks">
      <CheckField name="drop" label="Drop them all" defaultChecked={webhooks.drop} />
      <CheckField name="shuffle" label="Shuffle their order" defaultChecked={webhooks.shuffle} />
      <div className="fields">
        <TextField name="duplicate" label="Times each is sent" defaultValue={webhooks.duplicate} {...digits} />
        <TextField name="delaySeconds" label="Seconds late" defaultValue={webhooks.delayMs / 1000} {...digits} />
        <SelectField name="spoiled" label="They arrive" defaultValue={String(webhooks.failWith ?? '')}>
          {optionsOf(SPOILED)}
        </SelectField>
      </div>
    </ControlBox>
  )
}

function FaultForm({ faults }: Pick<SandboxState, 'faults'>) {
  const waiting = faults.reduce((sum, { times }) => sum + times, 0)
  const labels = Object.fromEntries(Object.entries(FAULTS).map(([name, { label }]) => [name, label]))
  return (
    <ControlBox control="faults" title="Stripe misbehaves" action="Set the fault">
      <div className="fields">
        <SelectField name="fault" label="Stripe">
          {optionsOf(labels)}
        </SelectField>
        <TextField name="times" label="For how many calls" inputMode="numeric" defaultValue={1} />
      </div>
      <p className="small soft">
        {waiting === 0 ? 'No fault is waiting.' : `${waiting} calls will still meet a fault.`}
      </p>
    </ControlBox>
  )
}

function ClockForm({ offsetSeconds }: Pick<SandboxState, 'offsetSeconds'>) {
  return (
    <ControlBox control="clock" title="Clock" action="Put it forward">
      <SelectField name="advance" label="By">
        {optionsOf(CLOCKS)}
      </SelectField>
      <p className="small soft">
        {offsetSeconds === 0 ? 'The sandbox’s clock is right.' : `It is ${offsetSeconds} seconds ahead.`} Refunds settle
        and webhooks are repeated by it.
      </p>
    </ControlBox>
  )
}

const timeOf = (iso: string) => new Date(iso).toISOString().slice(11, 19)

/** What is ill now, and a button for each to end it. */
function SwitchList({ switches }: Pick<SandboxState, 'switches'>) {
  if (switches.length === 0) return <p className="small soft">Every part of the shop is well.</p>
  return (
    <ul className="stack" aria-label="Switched on">
      {switches.map(({ part, kind, until }) => (
        <li key={part} className="row">
          <Badge tone={kind === 'failing' ? 'danger' : 'warning'}>{kind}</Badge>
          <span>
            {part} <span className="small soft">until {timeOf(until)} UTC</span>
          </span>
          <SwitchOff part={part} label="End" />
        </li>
      ))}
      <li>
        <SwitchOff part="all" label="All off" />
      </li>
    </ul>
  )
}

function SwitchOff({ part, label }: { part: string; label: string }) {
  return (
    <Form method="post" action="/testing#controls">
      <input type="hidden" name="control" value="switches" />
      <input type="hidden" name="part" value={part} />
      <input type="hidden" name="kind" value="off" />
      <button className={buttonClass({ size: 'small' })} type="submit">
        {label}
        {part !== 'all' && <span className="sr"> {part}</span>}
      </button>
    </Form>
  )
}

/** Parts of the shop that can be made slow or failing for a while. */
function SwitchForm({ switches }: Pick<SandboxState, 'switches'>) {
  return (
    <section className="box has-fields stack" aria-labelledby="switches">
      <h3 id="switches">Parts of the shop</h3>
      <SwitchList switches={switches} />
      <Form className="stack" method="post" action="/testing#controls" aria-labelledby="switches">
        <input type="hidden" name="control" value="switches" />
        <div className="fields">
          <SelectField name="part" label="Part">
            {optionsOf(PARTS)}
          </SelectField>
          <SelectField name="kind" label="It">
            {optionsOf(ILLNESSES)}
          </SelectField>
          <SelectField name="seconds" label="For">
            {optionsOf(SPANS)}
          </SelectField>
        </div>
        <p>
          <button className={buttonClass({ size: 'small' })} type="submit">
            Make it so
          </button>
        </p>
      </Form>
    </section>
  )
}

/** Everything of the sandbox that can be bent from this page. */
export function ControlForms({ state }: { state: SandboxState }) {
  return (
    <div className="tiles tiles--two">
      <WebhookForm webhooks={state.webhooks} />
      <FaultForm faults={state.faults} />
      <SwitchForm switches={state.switches} />
      <ClockForm offsetSeconds={state.offsetSeconds} />
      <ControlBox control="reset" title="Straighten" action="Straighten everything">
        <p className="small soft">
          Webhooks arrive at once and once, no fault waits, every part is well, the clock is right.
        </p>
      </ControlBox>
      <ControlBox control="shop-reset" title="Reset the demo" action="Reset the demo data">
        <p className="small soft">
          Products, stock, carts, orders, payments and messages are as on the first day. Accounts stay.
        </p>
        <CheckField name="sure" label="Yes, forget what was changed" required />
      </ControlBox>
    </div>
  )
}

const TONES: Record<SandboxDelivery['status'], BadgeTone> = {
  due: 'info',
  delivered: 'positive',
  dropped: 'warning',
  failed: 'danger',
}

/** The last webhooks, what became of them, and a button to send one again. */
export function DeliveryTable({ deliveries }: { deliveries: SandboxDelivery[] }) {
  if (deliveries.length === 0) return <p className="soft">No webhook was sent yet. Pay for an order first.</p>
  return (
    <div className="box box--flush">
      <div className="scroll" tabIndex={0} role="region" aria-label="Last webhooks, table">
        <table className="table">
          <thead>
            <tr>
              <th scope="col">Event</th>
              <th scope="col">State</th>
              <th scope="col">Tries</th>
              <th scope="col">Last answer</th>
              <th scope="col">
                <span className="sr">Send again</span>
              </th>
            </tr>
          </thead>
          <tbody>
            {deliveries.map(({ id, eventId, status, attempts, lastAnswer }) => (
              <tr key={id}>
                <td>
                  <span className="mono">{eventId}</span>
                </td>
                <td>
                  <Badge tone={TONES[status]}>{status}</Badge>
                </td>
                <td>{attempts}</td>
                <td className="soft">{lastAnswer ?? 'none yet'}</td>
                <td className="end">
                  <Form method="post" action="/testing#controls">
                    <input type="hidden" name="control" value="resend" />
                    <input type="hidden" name="event" value={eventId} />
                    <button className={buttonClass({ size: 'small' })} type="submit">
                      Send again<span className="sr"> {eventId}</span>
                    </button>
                  </Form>
                </td>
              </tr>
            ))}
          </tbody>
        </table>
      </div>
    </div>
  )
}

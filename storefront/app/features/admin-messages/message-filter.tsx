import { Form } from '@remix-run/react'
import { CHANNEL_TITLES, STATUS_TITLES, TEMPLATE_TITLES } from '#app/features/admin-messages/message-status.tsx'
import { Button } from '#app/ui/button.tsx'
import { Icon } from '#app/ui/icon.tsx'

/** The names of the list's query that narrow it. */
export const FILTERS = ['to', 'template', 'status', 'channel'] as const
export type MessageFilterValues = Record<(typeof FILTERS)[number], string>

interface ChoiceProps {
  name: string
  label: string
  any: string
  value: string
  titles: Record<string, string>
}

function Choice({ name, label, any, value, titles }: ChoiceProps) {
  return (
    <>
      <label className="sr" htmlFor={`${name}-filter`}>
        {label}
      </label>
      <select className="input input--small" id={`${name}-filter`} name={name} defaultValue={value} key={value}>
        <option value="">{any}</option>
        {Object.entries(titles).map(([key, title]) => (
          <option key={key} value={key}>
            {title}
          </option>
        ))}
      </select>
    </>
  )
}

export function MessageFilter({ to, template, status, channel }: MessageFilterValues) {
  return (
    <Form className="toolbar" role="search" aria-label="Filter messages">
      <label className="sr" htmlFor="to-filter">
        Sent to
      </label>
      <div className="search">
        <input
          className="input"
          id="to-filter"
          name="to"
          type="search"
          defaultValue={to}
          key={to}
          placeholder="Mail address or number"
        />
        <button type="submit">
          <span className="sr">Search</span>
          <Icon name="search" />
        </button>
      </div>
      <Choice name="template" label="Kind" any="Every kind" value={template} titles={TEMPLATE_TITLES} />
      <Choice name="status" label="State" any="Every state" value={status} titles={STATUS_TITLES} />
      <Choice name="channel" label="Way" any="Mail and SMS" value={channel} titles={CHANNEL_TITLES} />
      <Button type="submit">Show</Button>
    </Form>
  )
}

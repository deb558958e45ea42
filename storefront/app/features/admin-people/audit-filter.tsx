import { Form } from '@remix-run/react'
import type { InputHTMLAttributes } from 'react'
import { ACT_KINDS } from '#app/features/admin-people/audit-words.ts'
import { Button } from '#app/ui/button.tsx'
import { Icon } from '#app/ui/icon.tsx'

export const AUDIT_FILTERS = ['person', 'action', 'from', 'to']

function Narrow({ label, name, ...input }: { label: string; name: string } & InputHTMLAttributes<HTMLInputElement>) {
  return (
    <label className="row small">
      {label}
      <input {...input} className="input input--small" name={name} />
    </label>
  )
}

/** By person, kind of act and days. */
export function AuditFilter({ values }: { values: Record<string, string> }) {
  const isKind = ACT_KINDS.some(([kind]) => kind === values.action)
  return (
    <Form className="toolbar" role="search" aria-label="Filter the audit log" key={JSON.stringify(values)}>
      <label className="sr" htmlFor="person-filter">
        Person
      </label>
      <div className="search">
        <input
          className="input"
          id="person-filter"
          name="person"
          type="search"
          defaultValue={values.person}
          placeholder="Mail address or id of a person"
        />
        <button type="submit">
          <span className="sr">Search</span>
          <Icon name="search" />
        </button>
      </div>
      <label className="sr" htmlFor="action-filter">
        What
      </label>
      <select className="input input--small" id="action-filter" name="action" defaultValue={values.action}>
        <option value="">Everything</option>
        {!isKind && values.action && <option value={values.action}>{values.action}</option>}
        {ACT_KINDS.map(([kind, title]) => (
          <option key={kind} value={kind}>
            {title}
          </option>
        ))}
      </select>
      <Narrow label="From" name="from" type="date" defaultValue={values.from} />
      <Narrow label="To" name="to" type="date" defaultValue={values.to} />
      <Button type="submit">Show</Button>
    </Form>
  )
}

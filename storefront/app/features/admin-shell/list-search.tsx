import { Form } from '@remix-run/react'
import type { ReactNode } from 'react'
import { Icon } from '#app/ui/icon.tsx'

interface ListSearchProps {
  id: string
  label: string
  query: string
  placeholder: string
  /** What else of the view stays when one searches, such as the status. */
  keep?: Record<string, string | undefined>
  children?: ReactNode
}

/** The line above a list: a search that keeps the rest of the view. */
export function ListSearch({ id, label, query, placeholder, keep = {}, children }: ListSearchProps) {
  return (
    <Form className="toolbar" role="search" aria-label={label}>
      {Object.entries(keep).map(([name, value]) =>
        value ? <input key={name} type="hidden" name={name} value={value} /> : null,
      )}
      <div className="search">
        <label className="sr" htmlFor={id}>
          {label}
        </label>
        <input
          className="input"
          id={id}
          name="q"
          type="search"
          defaultValue={query}
          key={query}
          placeholder={placeholder}
        />
        <button type="submit">
          <span className="sr">Search</span>
          <Icon name="search" />
        </button>
      </div>
      {children}
    </Form>
  )
}

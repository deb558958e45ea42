import { Link } from '@remix-run/react'
import type { ReactNode } from 'react'
import { buttonClass } from '#app/ui/button.tsx'
import { Icon } from '#app/ui/icon.tsx'
import { Notice } from '#app/ui/notice.tsx'

/** Heading, badges beside it, and what can be done with the page. */
export function PageHead({ title, badges, children }: { title: ReactNode; badges?: ReactNode; children?: ReactNode }) {
  return (
    <div className="work__head">
      <h1>{title}</h1>
      {badges}
      {children && <div className="row">{children}</div>}
    </div>
  )
}

export function BackLink({ to, children }: { to: string; children: ReactNode }) {
  return (
    <Link className="back" to={to}>
      <Icon name="chevron-left" />
      {children}
    </Link>
  )
}

/** A table that scrolls by itself, so that the page never does. */
export function TableRegion({ label, children }: { label: string; children: ReactNode }) {
  return (
    <section className="scroll" tabIndex={0} aria-label={label}>
      {children}
    </section>
  )
}

export interface Tab {
  to: string
  title: string
  isCurrent: boolean
  count?: number
}

export function Tabs({ label, items }: { label: string; items: Tab[] }) {
  return (
    <nav className="tabs" aria-label={label}>
      {items.map((tab) => (
        <Link key={tab.to} to={tab.to} aria-current={tab.isCurrent ? 'page' : undefined}>
          {tab.title} {tab.count !== undefined && <span>{tab.count}</span>}
        </Link>
      ))}
    </nav>
  )
}

interface PagerProps {
  summary: ReactNode
  nextTo: string | null
  firstTo: string | null
}

/** Lists go on by cursor: to the next page, or back to the first. */
export function Pager({ summary, nextTo, firstTo }: PagerProps) {
  return (
    <div className="foot-row">
      <p className="num">{summary}</p>
      <nav className="row" aria-label="Pages">
        {firstTo && (
          <Link className={buttonClass()} to={firstTo}>
            First page
          </Link>
        )}
        {nextTo && (
          <Link className={buttonClass()} to={nextTo} rel="next">
            Next page
          </Link>
        )}
      </nav>
    </div>
  )
}

/** Nothing to list: `isFiltered` tells "none of these" from "none at all". */
export function EmptyList({
  title,
  isFiltered,
  to,
  children,
}: {
  title: string
  isFiltered: boolean
  to: string
  children: ReactNode
}) {
  return (
    <div className="empty">
      <h2>{isFiltered ? 'No results of this filter' : title}</h2>
      <p>{isFiltered ? 'Nothing fits what you searched for.' : children}</p>
      {isFiltered && (
        <Link className={buttonClass()} to={to}>
          Clear the filter
        </Link>
      )}
    </div>
  )
}

/** What the last form did, told once after the redirect. */
export function DoneNotice({ text, children }: { text: string | undefined; children?: ReactNode }) {
  return (
    <div role="status" className={text ? 'mb' : undefined}>
      {text && (
        <Notice tone="positive">
          {text}
          {children}
        </Notice>
      )}
    </div>
  )
}

export function RefusalNotice({ text }: { text: string | null | undefined }) {
  if (!text) return null
  return (
    <div className="mb">
      <Notice tone="danger" role="alert">
        {text}
      </Notice>
    </div>
  )
}
